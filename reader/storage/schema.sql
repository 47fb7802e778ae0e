-- The library's file. The first half is the truth; the second half can be made again from it at any time.

CREATE TABLE IF NOT EXISTS story (           -- what a list tells of a story; its text stands apart, so that lists stay quick
    id          TEXT PRIMARY KEY,
    content     TEXT NOT NULL UNIQUE,        -- digest of what it says: two files that say the same are one story
    source      TEXT NOT NULL,
    address     TEXT NOT NULL,
    url         TEXT,
    title       TEXT NOT NULL,
    title_made  INTEGER NOT NULL,
    outlet      TEXT,
    agency      TEXT,
    byline      TEXT,
    place       TEXT,
    published   TEXT,                        -- ISO 8601, a day or a minute; NULL: nobody states it
    wording     TEXT                         -- digest of its body alone: copies in several outlets have the same; NULL: too short to tell
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS story_wording ON story (wording) WHERE wording IS NOT NULL;

CREATE TABLE IF NOT EXISTS text (
    story       TEXT PRIMARY KEY REFERENCES story ON DELETE CASCADE,
    facts       TEXT NOT NULL,               -- JSON {field: [sure, why]}
    body        TEXT NOT NULL,               -- JSON, one string a paragraph
    captions    TEXT NOT NULL,
    removed     TEXT NOT NULL,               -- JSON [[text, label, why, before]]
    more        TEXT                         -- JSON {updated, summary, categories, links}; NULL: none of them
);

CREATE TABLE IF NOT EXISTS version (         -- how a story read before it was changed
    number      INTEGER PRIMARY KEY,
    story       TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    until       TEXT NOT NULL,               -- ISO 8601, UTC
    rows        TEXT NOT NULL                -- JSON: its rows of story and text
);
CREATE INDEX IF NOT EXISTS version_story ON version (story);

CREATE TABLE IF NOT EXISTS address (         -- every place a story was found at, and by which it is known again
    address     TEXT PRIMARY KEY,
    story       TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    source      TEXT NOT NULL,
    url         TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS address_story ON address (story);

CREATE TABLE IF NOT EXISTS feed (            -- what is asked again and again: the reader's settings, then what visits note
    address     TEXT PRIMARY KEY,
    name        TEXT,                        -- the reader's own
    tags        TEXT NOT NULL DEFAULT '[]',  -- JSON
    interval    INTEGER,                     -- minutes; NULL: as the feed asks
    full_text   INTEGER NOT NULL DEFAULT 0,
    dropped     INTEGER NOT NULL DEFAULT 0,  -- no longer followed; kept, so that it can come back as it was
    title       TEXT,
    home        TEXT,
    etag        TEXT,
    modified    TEXT,
    digest      TEXT,
    tried       TEXT,
    good        TEXT,
    due         TEXT,
    quiet       TEXT,
    error       TEXT,
    remedy      TEXT,
    failures    INTEGER NOT NULL DEFAULT 0,
    ended       INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS item (            -- what a feed listed, by its id there, and the story it is
    feed        TEXT NOT NULL,
    guid        TEXT NOT NULL,
    story       TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    address     TEXT NOT NULL,
    day         TEXT,
    digest      TEXT NOT NULL,               -- of what it said; a story may have been given its full text since
    PRIMARY KEY (feed, guid)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS item_story ON item (story);

CREATE TABLE IF NOT EXISTS host (            -- hosts of this machine or a private network that may be asked
    name        TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS mark (            -- the reader's own: 'read', 'starred', 'seen' in a followed thread; a row is there or it is not
    name        TEXT NOT NULL,
    story       TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    PRIMARY KEY (name, story)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mark_story ON mark (story);

CREATE TABLE IF NOT EXISTS seen (            -- what of a story's wordings the reader had before the eyes and went on from
    number      INTEGER PRIMARY KEY,         -- the greater, the later
    story       TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    content     TEXT NOT NULL,               -- digest of the wording, as in story.content
    spans       TEXT NOT NULL,               -- JSON [[start, end]]: characters of the body, a line break between its paragraphs
    UNIQUE (story, content)
);

CREATE TABLE IF NOT EXISTS correction (      -- the reader's word on threads, kept for ever, in the order it was said
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT NOT NULL,
    stories     TEXT NOT NULL,               -- JSON: ids, or the places of stories that are not here yet
    others      TEXT NOT NULL,               -- JSON: lists of the same
    text        TEXT NOT NULL,
    said        TEXT NOT NULL,               -- in words, as the reader saw it
    at          TEXT NOT NULL,               -- ISO 8601, UTC
    undone      INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS change (          -- the log: the last change of each story, in the order they happened
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    story       TEXT NOT NULL UNIQUE,
    gone        INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS note (
    key         TEXT PRIMARY KEY,
    value       TEXT NOT NULL
) WITHOUT ROWID;

-- Derived ---------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS derived (         -- what each derived thing was made by, and how much of the log it has taken in
    name        TEXT PRIMARY KEY,
    recipe      INTEGER NOT NULL,
    seen        INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS member (          -- a story as the threads see it, in a form that only they read
    story       TEXT PRIMARY KEY,            -- no reference: that a story is gone must still be told to its thread
    seq         INTEGER NOT NULL,            -- the change of the log that it took in
    arrival     INTEGER NOT NULL,            -- its place in the order of coming
    event       INTEGER NOT NULL,
    data        BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS member_arrival ON member (arrival);
CREATE INDEX IF NOT EXISTS member_event ON member (event);

CREATE TABLE IF NOT EXISTS term (            -- the heaviest terms of each story, to find the stories near to one
    term        TEXT NOT NULL,
    arrival     INTEGER NOT NULL,            -- that of a member; of a story that changed or went, what it had stays
    PRIMARY KEY (term, arrival)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS thread (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    automatic   TEXT NOT NULL,
    outlets     TEXT NOT NULL,               -- JSON
    unnamed     INTEGER NOT NULL,
    first       TEXT,
    last        TEXT,
    earliest    TEXT,
    latest      TEXT,
    about       INTEGER NOT NULL,
    terms       TEXT NOT NULL,               -- JSON
    names       TEXT NOT NULL                -- every name found in its stories, in a form that only the threads read
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS placed (          -- which thread a story is in, and at which place, the oldest first
    thread      TEXT NOT NULL,
    place       INTEGER NOT NULL,
    story       TEXT NOT NULL UNIQUE REFERENCES story ON DELETE CASCADE,
    PRIMARY KEY (thread, place)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS estimate (        -- a time for a story that states none
    story       TEXT PRIMARY KEY REFERENCES story ON DELETE CASCADE,
    time        TEXT NOT NULL,
    sure        REAL NOT NULL,
    why         TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS own_thread (      -- threads as the reader's corrections make them, in the place of those covered
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    automatic   TEXT NOT NULL,
    outlets     TEXT NOT NULL,
    unnamed     INTEGER NOT NULL,
    first       TEXT,
    last        TEXT,
    earliest    TEXT,
    latest      TEXT,
    about       INTEGER NOT NULL,
    terms       TEXT NOT NULL,
    names       TEXT NOT NULL,
    renamed     INTEGER NOT NULL,
    pinned      INTEGER NOT NULL,
    muted       INTEGER NOT NULL,
    followed    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS own_placed (
    thread      TEXT NOT NULL,
    place       INTEGER NOT NULL,
    story       TEXT NOT NULL UNIQUE REFERENCES story ON DELETE CASCADE,
    PRIMARY KEY (thread, place)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS covered (         -- the found threads that are not shown: all their stories are in own ones
    id          TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE VIEW IF NOT EXISTS shown_thread AS    -- the threads as they are shown
    SELECT *, 0 AS renamed, 0 AS pinned, 0 AS muted, 0 AS followed FROM thread WHERE id NOT IN (SELECT id FROM covered)
    UNION ALL SELECT * FROM own_thread;

CREATE VIEW IF NOT EXISTS shown_placed AS
    SELECT thread, place, story FROM placed WHERE thread NOT IN (SELECT id FROM covered)
    UNION ALL SELECT thread, place, story FROM own_placed;
