"""What a post looks like: its letter, its group or its file, drawn as things are by then."""

from bot.domain.flood import Form
from bot.domain.news import Letter, NewsKind
from bot.domain.replies import Reply
from bot.ports import Clock
from bot.services.viewing import Viewing
from handlers.blocks.card import render_card
from handlers.blocks.message import Message
from handlers.blocks.reply_files import ReplyFile, render_file
from handlers.blocks.reply_groups import render_group
from handlers.blocks.stories import render_news
from handlers.blocks.words import Words
from handlers.slack.posts import Post


class Drawing:
    """Draws posts. A card shows what is so at that moment, so ten changes make one update."""

    def __init__(self, *, viewing: Viewing, clock: Clock, words: Words) -> None:
        self._viewing = viewing
        self._clock = clock
        self._words = words

    async def draw(self, post: Post) -> Message | ReplyFile:
        """Draw it."""
        letter = post.letter
        view = await self._viewing.campaign(letter.news.campaign)
        if post.form is Form.FILE:
            return render_file(post.replies, view, self._words, key=post.key or "")
        if post.form is Form.GROUP:
            return render_group(post.replies, view, self._words)
        if letter.news.kind is NewsKind.CARD:
            return render_card(view, now=self._clock.now(), words=self._words)
        is_summary = letter.news.kind is NewsKind.SUMMARY
        return render_news(
            letter.news,
            view,
            words=self._words,
            reply=await self._reply_of(letter),
            tally=await self._viewing.tally(letter.news.campaign) if is_summary else None,
        )

    async def _reply_of(self, letter: Letter) -> Reply | None:
        return None if letter.reply is None else await self._viewing.reply(letter.reply)
