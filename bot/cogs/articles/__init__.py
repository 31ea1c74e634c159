"""A server's articles: adding, listing, correcting and removing them, for members with Manage Server."""

from bot.cogs.articles.commands import Articles
from bot.cogs.articles.history import HISTORY_BUTTONS
from bot.cogs.articles.linked import Linked
from bot.cogs.articles.listing import ArticlesPageButton
from bot.cogs.articles.receipts import RECEIPT_BUTTONS
from bot.cogs.managers import ManagersButton

BUTTONS: tuple[type[ManagersButton], ...] = (ArticlesPageButton, *HISTORY_BUTTONS, *RECEIPT_BUTTONS)
"""The buttons whose state is in their ids, for a client that is to answer them after a restart."""

__all__ = ["BUTTONS", "Articles", "Linked"]
