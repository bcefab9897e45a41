-- Attestations outside a campaign (models/store/attestation_store.h): what was said stays, and so does that it was taken back.

CREATE TABLE attestation (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    item TEXT NOT NULL,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    provider TEXT NOT NULL,
    role TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('keep', 'remove', 'change')),
    reason TEXT NOT NULL,
    change TEXT NOT NULL,
    person TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT

CREATE TABLE attestation_withdrawn (
    number INTEGER PRIMARY KEY NOT NULL REFERENCES attestation (number),
    person TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT

CREATE TRIGGER attestation_stays BEFORE UPDATE ON attestation BEGIN
    SELECT raise(ABORT, 'attestations are only added to');
END

CREATE TRIGGER attestation_remains BEFORE DELETE ON attestation BEGIN
    SELECT raise(ABORT, 'attestations are only added to');
END

CREATE TRIGGER attestation_withdrawn_stays BEFORE UPDATE ON attestation_withdrawn BEGIN
    SELECT raise(ABORT, 'attestations are only added to');
END

CREATE TRIGGER attestation_withdrawn_remains BEFORE DELETE ON attestation_withdrawn BEGIN
    SELECT raise(ABORT, 'attestations are only added to');
END

-- Nor can what was decided in a campaign be changed when it is over.

CREATE TRIGGER campaign_item_signed_stays BEFORE UPDATE ON campaign_item
    WHEN (SELECT state FROM campaign WHERE id = old.campaign) IN ('signed', 'cancelled') BEGIN
    SELECT raise(ABORT, 'the campaign is over');
END

CREATE TRIGGER campaign_item_signed_remains BEFORE DELETE ON campaign_item
    WHEN (SELECT state FROM campaign WHERE id = old.campaign) IN ('signed', 'cancelled') BEGIN
    SELECT raise(ABORT, 'the campaign is over');
END
