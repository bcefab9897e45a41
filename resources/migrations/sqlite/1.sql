-- Review campaigns (models/store/campaign_store.h). Statements are separated by empty lines. Times are milliseconds since 1970.

CREATE TABLE campaign (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    scope TEXT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'signed', 'cancelled')),
    created INTEGER NOT NULL,
    due INTEGER NOT NULL,
    reviewers TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT

CREATE TABLE campaign_item (
    campaign TEXT NOT NULL REFERENCES campaign (id),
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    provider TEXT NOT NULL,
    role TEXT NOT NULL,
    environment TEXT NOT NULL,
    privilege TEXT NOT NULL,
    people INTEGER,
    findings TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    verdict TEXT CHECK (verdict IN ('keep', 'remove', 'change')),
    reason TEXT,
    change TEXT,
    decided_by TEXT,
    decided_at INTEGER,
    seconds INTEGER,
    looked INTEGER,
    PRIMARY KEY (campaign, position),
    UNIQUE (campaign, id),
    CHECK ((verdict IS NULL) = (reason IS NULL) AND (verdict IS NULL) = (decided_by IS NULL) AND (verdict IS NULL) = (decided_at IS NULL))
) STRICT

CREATE TABLE campaign_event (
    campaign TEXT NOT NULL REFERENCES campaign (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    item TEXT NOT NULL,
    detail TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (campaign, position)
) STRICT

CREATE TRIGGER campaign_event_stays BEFORE UPDATE ON campaign_event BEGIN
    SELECT raise(ABORT, 'history is only added to');
END

CREATE TRIGGER campaign_event_remains BEFORE DELETE ON campaign_event BEGIN
    SELECT raise(ABORT, 'history is only added to');
END

CREATE TRIGGER campaign_signed_stays BEFORE UPDATE ON campaign WHEN old.state IN ('signed', 'cancelled') BEGIN
    SELECT raise(ABORT, 'the campaign is over');
END
