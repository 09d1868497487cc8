CREATE TABLE "attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"learner_id" uuid NOT NULL,
	"course" text NOT NULL,
	"item_id" text NOT NULL,
	"option" integer,
	"answer" text NOT NULL,
	"idempotency_key" text,
	"status" text NOT NULL,
	"standing" text NOT NULL,
	"try_number" integer NOT NULL,
	"rubric_hash" text NOT NULL,
	"points_low" integer,
	"points_high" integer,
	"points_max" integer,
	"outcome" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	CONSTRAINT "attempts_learner_id_idempotency_key" UNIQUE("learner_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "judge_replies" (
	"request_key" text PRIMARY KEY NOT NULL,
	"judgment" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "learners" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "learners_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "reveals" (
	"learner_id" uuid NOT NULL,
	"course" text NOT NULL,
	"item_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reveals_learner_id_course_item_id_pk" PRIMARY KEY("learner_id","course","item_id")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sightings" (
	"learner_id" uuid NOT NULL,
	"course" text NOT NULL,
	"item_id" text NOT NULL,
	"where" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sightings_learner_id_course_item_id_pk" PRIMARY KEY("learner_id","course","item_id")
);
--> statement-breakpoint
CREATE TABLE "trials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"learner_id" uuid NOT NULL,
	"course" text NOT NULL,
	"item_id" text NOT NULL,
	"exemplar" integer NOT NULL,
	"picked" text,
	"correct" boolean,
	"created_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reveals" ADD CONSTRAINT "reveals_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trials" ADD CONSTRAINT "trials_learner_id_learners_id_fk" FOREIGN KEY ("learner_id") REFERENCES "public"."learners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempts_learner_id_item_id_created_at" ON "attempts" USING btree ("learner_id","item_id","created_at");--> statement-breakpoint
CREATE INDEX "trials_learner_id_created_at" ON "trials" USING btree ("learner_id","created_at");