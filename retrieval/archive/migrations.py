"""How the archive's tables came to be, one step a migration; a step that was released is never edited.

`autoincrement` keeps the id of a deleted article from coming back.
"""

from sqlite_utils import Database, Migrations

from retrieval.addresses import canonical
from retrieval.ingest.language import language_of

migrations = Migrations("archive")


@migrations()
def articles_and_versions(db: Database) -> None:
    db.execute(
        """
        create table articles (
            id integer primary key autoincrement,
            guild integer not null
        )
        """
    )
    db.execute("create index articles_guild on articles (guild)")
    db.execute(
        """
        create table versions (
            id integer primary key autoincrement,
            article_id integer not null references articles (id) on delete cascade,
            number integer not null,
            title text not null,
            text text not null,
            url text,
            source text,
            author text,
            published text,
            digest blob not null,
            added text not null,
            unique (article_id, number)
        )
        """
    )
    db.execute("create index versions_digest on versions (digest)")
    db.execute(
        """
        create table origins (
            id integer primary key autoincrement,
            article_id integer not null references articles (id) on delete cascade,
            guild integer not null,
            key text,
            url text
        )
        """
    )
    db.execute("create index origins_key on origins (guild, key)")
    db.execute("create index origins_url on origins (guild, url)")
    db.execute("create index origins_article on origins (article_id)")


@migrations()
def numbered_changes(db: Database) -> None:
    db.execute(
        """
        create table changes (
            number integer primary key autoincrement,
            guild integer not null,
            article_id integer not null
        )
        """
    )
    db.execute("create index changes_guild on changes (guild, number)")


@migrations()
def answers_that_were_given(db: Database) -> None:
    db.execute(
        """
        create table answers (
            id integer primary key autoincrement,
            key text not null unique,
            guild integer not null,
            question text not null,
            after_id integer references answers (id) on delete cascade
        )
        """
    )
    db.execute("create index answers_after on answers (after_id)")
    db.execute(
        """
        create table turns (
            id integer primary key autoincrement,
            answer_id integer not null references answers (id) on delete cascade,
            question text not null,
            told text not null,
            words text,
            people text not null
        )
        """
    )
    db.execute("create index turns_answer on turns (answer_id)")
    db.execute(
        """
        create table quotations (
            id integer primary key autoincrement,
            turn_id integer not null references turns (id) on delete cascade,
            article_id integer not null,
            version integer not null,
            start integer not null,
            end integer not null,
            digest blob not null
        )
        """
    )
    db.execute("create index quotations_turn on quotations (turn_id)")
    db.execute("create index quotations_article on quotations (article_id)")
    db.execute(
        """
        create trigger answers_go_with_an_article before delete on articles begin
            delete from answers where id in (
                select t.answer_id from quotations q join turns t on t.id = q.turn_id where q.article_id = old.id
            );
        end
        """
    )
    db.execute(
        """
        create table messages (
            id integer primary key,
            key text not null references answers (key) on delete cascade
        )
        """
    )
    db.execute("create index messages_key on messages (key)")


@migrations()
def addresses_of_origins(db: Database) -> None:
    db.execute("alter table origins add column address text")
    for row in list(db.query("select id, url from origins where url is not null")):
        db.execute("update origins set address = ? where id = ?", [canonical(row["url"]), row["id"]])
    db.execute("drop index origins_url")
    db.execute("create index origins_address on origins (guild, address)")


@migrations()
def languages_of_versions(db: Database) -> None:
    db.execute("alter table versions add column language text")
    for row in list(db.query("select id from versions")):
        (text,) = db.execute("select text from versions where id = ?", [row["id"]]).fetchone()
        db.execute("update versions set language = ? where id = ?", [language_of(text), row["id"]])


@migrations()
def numbers_of_versions_never_come_back(db: Database) -> None:
    db.execute("alter table articles add column versions integer not null default 0")
    db.execute("update articles set versions = (select coalesce(max(number), 0) from versions where article_id = id)")
    db.execute(
        """
        create trigger answers_go_with_a_version before delete on versions begin
            delete from answers where id in (
                select t.answer_id from quotations q join turns t on t.id = q.turn_id
                where q.article_id = old.article_id and q.version = old.number
            );
        end
        """
    )


@migrations()
def passages_and_copies(db: Database) -> None:
    db.execute(
        """
        create table passages (
            id integer primary key autoincrement,
            article_id integer not null references articles (id) on delete cascade,
            version integer not null,
            start integer not null,
            end integer not null
        )
        """
    )
    db.execute("create index passages_article on passages (article_id)")
    db.execute(
        """
        create table signatures (
            number integer not null,
            article_id integer not null references articles (id) on delete cascade,
            primary key (number, article_id)
        ) without rowid
        """
    )
    db.execute("create index signatures_article on signatures (article_id)")
    db.execute(
        """
        create table copies (
            article_id integer not null references articles (id) on delete cascade,
            other_id integer not null references articles (id) on delete cascade,
            primary key (article_id, other_id)
        ) without rowid
        """
    )
    db.execute("create index copies_other on copies (other_id)")


@migrations()
def feeds_and_their_entries(db: Database) -> None:
    db.execute(
        """
        create table feeds (
            id integer primary key autoincrement,
            guild integer not null,
            url text not null,
            address text not null,
            title text not null,
            channel integer,
            interval_s integer not null,
            due text not null,
            pause text,
            leased_until text,
            stated_minutes integer,
            etag text,
            last_modified text,
            last_read text,
            failures integer not null default 0,
            failing_since text,
            error text,
            lasting integer not null default 0,
            told integer not null default 0,
            articles integer not null default 0,
            unique (guild, address)
        )
        """
    )
    db.execute("create index feeds_due on feeds (due)")
    db.execute(
        """
        create table feed_entries (
            id integer primary key autoincrement,
            feed_id integer not null references feeds (id) on delete cascade,
            key blob not null,
            address blob not null,
            fingerprint blob not null,
            listed text not null,
            link text,
            title text,
            author text,
            published text,
            not_before text,
            tries integer not null default 0,
            fetches integer not null default 0,
            fetched text,
            article_id integer,
            reason text
        )
        """
    )
    db.execute("create index feed_entries_key on feed_entries (feed_id, key)")
    db.execute("create index feed_entries_address on feed_entries (address)")
    db.execute("create index feed_entries_article on feed_entries (article_id)")
    db.execute(
        """
        create trigger entries_of_an_article_are_forgotten before delete on articles begin
            update feed_entries set article_id = old.id
            where article_id is null and feed_id in (select id from feeds where guild = old.guild)
              and address in (select address from feed_entries where article_id = old.id);
            update feed_entries set link = null, title = null, author = null, published = null, not_before = null
            where article_id = old.id;
        end
        """
    )


@migrations()
def marks_of_changes(db: Database) -> None:
    db.execute("alter table changes add column mark integer not null default 0")
    db.execute("update changes set mark = random()")


@migrations()
def days_of_versions(db: Database) -> None:
    db.execute("create index versions_day on versions (substr(coalesce(published, added), 1, 10), article_id, number)")
