-- The library's file. The first half is the source of truth; the second half is derived and can be rebuilt at any time.

CREATE TABLE IF NOT EXISTS story (           -- a story without its text, which is separate so that lists stay fast
    id               TEXT PRIMARY KEY,
    digest           TEXT NOT NULL UNIQUE,   -- of its content: two files with the same content are one story
    source           TEXT NOT NULL,
    address          TEXT NOT NULL,
    url              TEXT,
    title            TEXT NOT NULL,
    title_generated  INTEGER NOT NULL,
    outlet           TEXT,
    agency           TEXT,
    byline           TEXT,
    place            TEXT,
    published        TEXT,                   -- ISO 8601, a day or a minute: in UTC with Z, without where no zone is known; NULL: not stated
    language         TEXT,                   -- ISO 639-1; NULL: not known
    body_digest      TEXT,                   -- of the words of its body: copies in several outlets have the same; NULL: too short
    outlet_id        TEXT,                   -- as in outlet.id; NULL: not known
    found            TEXT,                   -- when it was first found: ISO 8601, UTC; each item of a feed a microsecond before the one above it
    listed           TEXT                    -- the time by which lists order it: published or estimated, but not after it was found
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS story_body_digest ON story (body_digest) WHERE body_digest IS NOT NULL;
CREATE INDEX IF NOT EXISTS story_language ON story (language) WHERE language <> 'en';
CREATE INDEX IF NOT EXISTS story_outlet ON story (outlet_id) WHERE outlet_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS story_found ON story (found);
CREATE INDEX IF NOT EXISTS story_listed ON story (listed, id);

CREATE TABLE IF NOT EXISTS outlet (          -- a publisher of stories: one site with all its feeds and sections
    id               TEXT PRIMARY KEY,       -- the registrable domain, with the member of a shared host; 'name:' and a name where it has none
    name             TEXT NOT NULL,          -- found in the titles of its feeds and pages
    stated           TEXT,                   -- as one of its pages states it
    own              TEXT                    -- the user's own, by renaming a feed
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outlet_name ON outlet (name COLLATE NOCASE);

CREATE TABLE IF NOT EXISTS story_text (
    story            TEXT PRIMARY KEY REFERENCES story ON DELETE CASCADE,
    field_reasons    TEXT NOT NULL,          -- JSON {field: [confidence, reason]}
    body             TEXT NOT NULL,          -- JSON, one string a paragraph
    captions         TEXT NOT NULL,
    removed_lines    TEXT NOT NULL,          -- JSON [[text, label, reason, before]]
    structure        TEXT,                   -- JSON {blocks, media, removed}: of the paragraphs, which it never changes; NULL: plain
    extra            TEXT                    -- JSON {updated, summary, categories, links}; NULL: none of them
);

CREATE TABLE IF NOT EXISTS story_version (   -- the content of a story before it was changed
    number           INTEGER PRIMARY KEY,
    story            TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    replaced_at      TEXT NOT NULL,          -- ISO 8601, UTC
    content          TEXT NOT NULL           -- JSON: its rows of story and story_text
);
CREATE INDEX IF NOT EXISTS story_version_story ON story_version (story);

CREATE TABLE IF NOT EXISTS story_address (   -- addresses of stories, by which they are identified
    address          TEXT PRIMARY KEY,
    story            TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    source           TEXT NOT NULL,
    url              TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS story_address_story ON story_address (story);

CREATE TABLE IF NOT EXISTS feed (            -- the user's settings, then results of visits
    address          TEXT PRIMARY KEY,
    name             TEXT,                   -- the user's own
    tags             TEXT NOT NULL DEFAULT '[]',  -- JSON
    interval         INTEGER,                -- minutes; NULL: as the feed requests
    full_text        INTEGER NOT NULL DEFAULT 0,
    dropped          INTEGER NOT NULL DEFAULT 0,  -- unsubscribed; the row stays, so that it can be restored
    title            TEXT,
    home             TEXT,
    etag             TEXT,
    modified         TEXT,
    digest           TEXT,
    tried            TEXT,
    good             TEXT,
    due              TEXT,
    quiet            TEXT,
    error            TEXT,                   -- the reason as a code; prose in rows of older versions
    remedy           TEXT,                   -- prose in rows of older versions, else NULL
    failures         INTEGER NOT NULL DEFAULT 0,
    ended            INTEGER NOT NULL DEFAULT 0,
    site_name        TEXT,                   -- name of the whole site, if stated separately from the title
    outlet           TEXT                    -- as in outlet.id
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS feed_item (       -- items of feeds by their ids there, and their stories
    feed             TEXT NOT NULL,
    guid             TEXT NOT NULL,
    story            TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    address          TEXT NOT NULL,
    day              TEXT,
    digest           TEXT NOT NULL,          -- of its content then; the story may have its full text by now
    PRIMARY KEY (feed, guid)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS feed_item_story ON feed_item (story);
CREATE INDEX IF NOT EXISTS feed_item_feed ON feed_item (feed, story);

CREATE TABLE IF NOT EXISTS allowed_host (    -- hosts of this machine or a private network that may be contacted
    name             TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS story_flag (      -- set by the user: 'read', 'starred', 'seen' (in a followed thread)
    flag             TEXT NOT NULL,
    story            TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    PRIMARY KEY (flag, story)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS story_flag_story ON story_flag (story);

CREATE TABLE IF NOT EXISTS flag_change (     -- undoable changes of flags on many stories
    number           INTEGER PRIMARY KEY AUTOINCREMENT,
    flag             TEXT NOT NULL,
    "on"             INTEGER NOT NULL,
    size             INTEGER NOT NULL,       -- how many stories changed
    stories          TEXT NOT NULL,          -- their ids, separated by spaces
    undone           INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS read_passage (    -- passages read, by story and version
    number           INTEGER PRIMARY KEY,    -- higher numbers are later
    story            TEXT NOT NULL REFERENCES story ON DELETE CASCADE,
    digest           TEXT NOT NULL,          -- of the version, as in story.digest
    spans            TEXT NOT NULL,          -- JSON [[start, end]]: characters of the body, paragraphs joined by line breaks
    UNIQUE (story, digest)
);

CREATE TABLE IF NOT EXISTS correction (      -- the user's corrections of threads, kept forever, in the order they were made
    number           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind             TEXT NOT NULL,
    stories          TEXT NOT NULL,          -- JSON: ids, or locators of stories that are missing
    others           TEXT NOT NULL,          -- JSON: lists of the same
    text             TEXT NOT NULL,
    message          TEXT NOT NULL,          -- JSON: a code and its arguments
    at               TEXT NOT NULL,          -- ISO 8601, UTC
    undone           INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS story_change (    -- change log: the latest change of each story, in order
    seq              INTEGER PRIMARY KEY AUTOINCREMENT,
    story            TEXT NOT NULL UNIQUE,
    deleted          INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS metadata (        -- small values by key
    key              TEXT PRIMARY KEY,
    value            TEXT NOT NULL
) WITHOUT ROWID;

-- Derived ---------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS derived_state (   -- recipe of derived data, and the last change applied to it
    name             TEXT PRIMARY KEY,
    recipe           INTEGER NOT NULL,
    seen             INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS cluster_member (  -- a story in a form that only clustering reads
    story            TEXT PRIMARY KEY,       -- no reference: the thread of a deleted story is updated later
    seq              INTEGER NOT NULL,       -- the change applied
    arrival          INTEGER NOT NULL,       -- number in the order of arrival
    event            INTEGER NOT NULL,
    data             BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS cluster_member_arrival ON cluster_member (arrival);
CREATE INDEX IF NOT EXISTS cluster_member_event ON cluster_member (event);

CREATE TABLE IF NOT EXISTS cluster_term (    -- the heaviest terms of each story, to find similar stories
    term             TEXT NOT NULL,
    arrival          INTEGER NOT NULL,       -- that of a member; rows of a changed or deleted story stay
    PRIMARY KEY (term, arrival)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS thread (
    id               TEXT PRIMARY KEY,
    name             TEXT NOT NULL,
    automatic_name   TEXT NOT NULL,
    outlets          TEXT NOT NULL,          -- JSON: as in outlet.id
    unnamed_outlets  INTEGER NOT NULL,
    first            TEXT,
    last             TEXT,
    earliest         TEXT,
    latest           TEXT,
    dates_estimated  INTEGER NOT NULL,
    terms            TEXT NOT NULL,          -- JSON
    title_evidence   TEXT NOT NULL,          -- every name found in its stories, in a form that only thread naming reads
    independent_outlets INTEGER NOT NULL,    -- named or not: copies of a text and feeds of one outlet count once
    headline         TEXT NOT NULL           -- of its representative story: the name of a thread whose name is empty
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS thread_independent_outlets ON thread (independent_outlets, latest) WHERE independent_outlets > 1;

CREATE TABLE IF NOT EXISTS thread_story (    -- the stories of a thread in order, the oldest first
    thread           TEXT NOT NULL,
    position         INTEGER NOT NULL,
    story            TEXT NOT NULL UNIQUE REFERENCES story ON DELETE CASCADE,
    PRIMARY KEY (thread, position)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS date_estimate (   -- a time for a story that states none
    story            TEXT PRIMARY KEY REFERENCES story ON DELETE CASCADE,
    time             TEXT NOT NULL,
    confidence       REAL NOT NULL,
    reason           TEXT NOT NULL           -- as a code; prose in rows of older versions
) WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS date_estimate_made AFTER INSERT ON date_estimate BEGIN
    UPDATE story SET listed = min(new.time, found) WHERE id = new.story AND published IS NULL;
END;
CREATE TRIGGER IF NOT EXISTS date_estimate_deleted AFTER DELETE ON date_estimate BEGIN
    UPDATE story SET listed = found WHERE id = old.story AND published IS NULL;
END;
CREATE TRIGGER IF NOT EXISTS story_dated AFTER UPDATE OF published ON story WHEN new.published IS NOT old.published BEGIN
    UPDATE story SET listed = min(coalesce(new.published, (SELECT time FROM date_estimate WHERE story = new.id), found), found)
    WHERE id = new.id;
END;

CREATE TABLE IF NOT EXISTS corrected_thread (  -- corrected threads, shown instead of replaced ones
    id               TEXT PRIMARY KEY,
    name             TEXT NOT NULL,
    automatic_name   TEXT NOT NULL,
    outlets          TEXT NOT NULL,
    unnamed_outlets  INTEGER NOT NULL,
    first            TEXT,
    last             TEXT,
    earliest         TEXT,
    latest           TEXT,
    dates_estimated  INTEGER NOT NULL,
    terms            TEXT NOT NULL,
    title_evidence   TEXT NOT NULL,
    renamed          INTEGER NOT NULL,
    pinned           INTEGER NOT NULL,
    muted            INTEGER NOT NULL,
    followed         INTEGER NOT NULL,
    independent_outlets INTEGER NOT NULL,
    headline         TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS corrected_thread_story (
    thread           TEXT NOT NULL,
    position         INTEGER NOT NULL,
    story            TEXT NOT NULL UNIQUE REFERENCES story ON DELETE CASCADE,
    PRIMARY KEY (thread, position)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS replaced_thread (  -- clustered threads that are not shown: their stories are in corrected ones
    id               TEXT PRIMARY KEY
) WITHOUT ROWID;

CREATE VIEW IF NOT EXISTS shown_thread AS    -- the threads as they are shown
    SELECT id, CASE name WHEN '' THEN headline ELSE name END AS name, 0 AS renamed
    FROM thread WHERE id NOT IN (SELECT id FROM replaced_thread)
    UNION ALL SELECT id, CASE name WHEN '' THEN headline ELSE name END, renamed FROM corrected_thread;

CREATE VIEW IF NOT EXISTS shown_thread_story AS
    SELECT thread, position, story FROM thread_story WHERE thread NOT IN (SELECT id FROM replaced_thread)
    UNION ALL SELECT thread, position, story FROM corrected_thread_story;
