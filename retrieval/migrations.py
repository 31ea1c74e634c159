"""How the archive's tables came to be, one step a migration; a step that was released is never edited.

`autoincrement` keeps the id of a deleted article from coming back.
"""

from sqlite_utils import Database, Migrations

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
