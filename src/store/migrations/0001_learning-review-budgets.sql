CREATE TABLE "appeals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"learner_id" uuid NOT NULL,
	"attempt_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "appeals_attempt_id_kind_target" UNIQUE("attempt_id","kind","target")
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"scope" text NOT NULL,
	"day" date NOT NULL,
	"reserved_micro_usd" bigint NOT NULL,
	"spent_micro_usd" bigint NOT NULL,
	CONSTRAINT "budgets_scope_day_pk" PRIMARY KEY("scope","day")
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"learner_id" uuid NOT NULL,
	"course" text NOT NULL,
	"item_id" text NOT NULL,
	"card" jsonb NOT NULL,
	"missed" jsonb NOT NULL,
	"due" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cards_learner_id_course_item_id_pk" PRIMARY KEY("learner_id","course","item_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"learner_id" uuid NOT NULL,
	"course" text NOT NULL,
	"item_ids" jsonb NOT NULL,
	"position" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settlements" (
	"attempt_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"verdict" text NOT NULL,
	"settled_by" text NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "settlements_attempt_id_kind_target_pk" PRIMARY KEY("attempt_id","kind","target")
);
--> statement-breakpoint
CREATE TABLE "transfer_codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"learner_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "trials" ALTER COLUMN "exemplar" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "prediction" jsonb;--> statement-breakpoint
ALTER TABLE "learners" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "stimulus" text;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "holds" boolean;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "span_start" integer;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "span_end" integer;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "span_hit" boolean;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "why" text;--> statement-breakpoint
ALTER TABLE "trials" ADD COLUMN "why_outcome" jsonb;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_codes" ADD CONSTRAINT "transfer_codes_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appeals_status_created_at" ON "appeals" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "cards_learner_id_due" ON "cards" USING btree ("learner_id","due");--> statement-breakpoint
CREATE INDEX "sessions_learner_id_created_at" ON "sessions" USING btree ("learner_id","created_at");