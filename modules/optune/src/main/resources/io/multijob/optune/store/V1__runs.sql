-- Times of a run are microseconds since 1970; a figure that is not known is null.

CREATE TABLE apps (
  app        INTEGER PRIMARY KEY, -- 0 is all apps together
  account    TEXT    NOT NULL,
  app_id     TEXT    NOT NULL,
  last_run   INTEGER NOT NULL,    -- runs.run of the newest
  resources  TEXT,                -- what its last run asked for, as JSON
  recent     BLOB    NOT NULL,    -- its last runs, for a sparkline
  UNIQUE (account, app_id)
) STRICT;

CREATE INDEX apps_by_last_run ON apps (last_run);

CREATE TABLE runs (
  run              INTEGER PRIMARY KEY, -- grows with each: the order of arrival
  id               TEXT    NOT NULL UNIQUE,
  app              INTEGER NOT NULL REFERENCES apps (app),
  received_us      INTEGER NOT NULL,
  created_us       INTEGER,
  scheduled_us     INTEGER,
  initialized_us   INTEGER,
  started_us       INTEGER,
  finished_us      INTEGER,
  duration_s       REAL,
  est_duration_s   REAL,
  cpu_time_s       REAL,
  max_memory_bytes REAL,
  reason           TEXT,
  exit_code        INTEGER,
  failed           INTEGER NOT NULL,
  duplicates       INTEGER NOT NULL DEFAULT 0,
  document         TEXT    NOT NULL     -- the event as it came
) STRICT;

CREATE INDEX runs_by_app ON runs (app); -- and by run: SQLite ends every index with it

-- Sums over all runs of an app that ended within one hour, one day (both UTC) or ever.
CREATE TABLE rollups (
  app         INTEGER NOT NULL REFERENCES apps (app),
  span_s      INTEGER NOT NULL, -- 3600, 86400, or 0 for ever
  start_s     INTEGER NOT NULL, -- seconds since 1970
  runs        INTEGER NOT NULL,
  failures    INTEGER NOT NULL,
  durations   BLOB    NOT NULL, -- distributions, as Distribution.encode writes them
  cpu_times   BLOB    NOT NULL,
  peak_memory BLOB    NOT NULL,
  PRIMARY KEY (app, span_s, start_s)
) STRICT, WITHOUT ROWID;

INSERT INTO apps (app, account, app_id, last_run, recent) VALUES (0, '', '', 0, x'');
