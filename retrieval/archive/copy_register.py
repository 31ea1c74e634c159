"""The register of copies: which articles tell one story in nearly the same words.

Every article's signature is kept, so that its copies are found without a look at all others. Two articles are noted as
copies of each other only where somebody may see both: they are of one guild, or one of them is shared.
"""

from sqlite_utils import Database

from retrieval.archive.copies import FEWEST_COMMON, are_copies, shingles, signature
from retrieval.archive.versions import digest
from retrieval.article import SHARED, Guild

_MOST_COMPARED = 200
"""Articles that one is compared with, the likeliest first. A shared one may have more, one in each guild."""

_LIKELY = """
    select s.article_id, v.text from signatures s
    join articles a on a.id = s.article_id
    join versions v on v.article_id = a.id
    where s.number in ({numbers}) and a.id <> ? and (a.guild in (?, ?) or ? = ?)
      and v.number = (select max(number) from versions where article_id = a.id)
    group by s.article_id having count(*) >= ?
    order by count(*) desc, s.article_id limit ?
"""
_WITH_THE_SAME_TEXT = """
    select a.id from articles a join versions v on v.article_id = a.id
    where v.digest = ? and a.id <> ? and (a.guild in (?, ?) or ? = ?)
      and v.number = (select max(number) from versions where article_id = a.id)
"""


class CopyRegister:
    """The copies in an archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def follow(self, guild: Guild, article_id: int, text: str) -> None:
        """Register the guild's article with this text, in the place of what was known of it so far."""
        self._database.execute("delete from signatures where article_id = ?", [article_id])
        self._database.execute("delete from copies where article_id = ? or other_id = ?", [article_id, article_id])
        copies = self._found(guild, article_id, text)
        pairs = [pair for other in copies for pair in ((article_id, other), (other, article_id))]
        self._database.conn.executemany("insert into copies (article_id, other_id) values (?, ?)", pairs)

    def _found(self, guild: Guild, article_id: int, text: str) -> set[int]:
        """Find the copies, and sign the article so that later ones are found."""
        seen_by = [guild, SHARED, guild, SHARED]
        same = self._database.execute(_WITH_THE_SAME_TEXT, [digest(text), article_id, *seen_by]).fetchall()
        copies = {other for (other,) in same}
        story = shingles(text)
        numbers = signature(story)
        if numbers:
            sql = _LIKELY.format(numbers=", ".join("?" for _ in numbers))
            likely = self._database.execute(sql, [*numbers, article_id, *seen_by, FEWEST_COMMON, _MOST_COMPARED])
            copies |= {other for other, told in likely if other in copies or are_copies(story, shingles(told))}
        self._database.conn.executemany(
            "insert into signatures (number, article_id) values (?, ?)", [(number, article_id) for number in numbers]
        )
        return copies
