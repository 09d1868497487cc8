import { assembleContent, readContentFiles } from '../src/bank/load-content.ts';
import { planCalibration } from '../src/tutor/plan-calibration.ts';
import { gradeCalls } from '../src/tutor/grade-calls.ts';
import { composeReport } from '../src/tutor/compose-report.ts';
import { openJudge } from '../src/open-judge.ts';
const c = assembleContent(await readContentFiles('.'));
const p = planCalibration({setId:'post-training',split:null,withRobustness:true,runs:1,limit:null,seed:1},{content:c});
if (p.status!=='planned') throw 0;
const {judge}=openJudge({config:{kind:'embedded'},secret:''});
let t=process.cpuUsage();
const lap=(n:string)=>{const u=process.cpuUsage(t);console.log(n,(u.user+u.system)/1000|0,'ms cpu');t=process.cpuUsage();};
const g=async()=>gradeCalls({calls:p.plan.calls,stored:[],concurrency:4,budgetMicroUsd:null,stop:new AbortController().signal,onProgress:()=>undefined},{content:c,judge,costs:{expected:()=>0,worst:()=>0},append:()=>Promise.resolve()});
await g(); lap('grade cold'); const r=await g(); lap('grade warm');
for (const n of [1,2000,2000,10000]) { composeReport({plan:p.plan,records:r.records,judge:{name:'e',model:'e',promptVersion:'1'},run:null,resamples:n}); lap('report '+n); }
