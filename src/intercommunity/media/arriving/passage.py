"""How one source's pictures reach the package: as they come, or encoded; with a smaller one beside them where wanted.

1. H.264 passes through as it is.
2. Anything else is encoded, and so is H.264 in which no picture has stood alone for `RARE_MS`: a segment could not
   begin. Until the first encoded picture is there it passes through all the same.
3. The smaller picture is made of what is larger by a sixth at least. It stands alone where the one that passes through
   does, so that both can be cut there. Where its encoder does not keep up it is given up until the source connects
   anew; a picture that must be encoded is not.
"""

from collections.abc import Callable

from intercommunity.media.arriving.taker import PictureTaker
from intercommunity.media.coding.avc import PictureForm, read_record
from intercommunity.media.coding.encoding import Encoding
from intercommunity.media.coding.exchange import Begin, Coded, Made, Wanted, is_worth_making
from intercommunity.media.coding.flv import Picture, VideoSetup

RARE_MS = 4_000
KEYS_EVERY = 1_960_000
"""Microseconds: a little less than two seconds, so that pictures at any rate are met."""
PASSING = "h264"
_PICTURE, _LOWER = "picture", "lower"
MAIN = Wanted(_PICTURE, 720, kbit=4_000)
SMALLER = Wanted(_LOWER, 360, kbit=400, smaller=True)


class Passage:
    """`lower`: None where there is no smaller picture. `note` is told what a person should know of, as a code; `seen`
    what form the picture has that comes.
    """

    def __init__(
        self,
        to: PictureTaker,
        lower: PictureTaker | None,
        note: Callable[[str], None],
        seen: Callable[[PictureForm], None],
    ) -> None:
        self._takers = {_PICTURE: to, **({_LOWER: lower} if lower is not None else {})}
        self._wants_lower = lower is not None
        self._note = note
        self._seen = seen
        self._encoding = Encoding(self._take_made, self._give_up)
        self._setup: VideoSetup | None = None
        self._lines = 0
        """0 where they are not known."""
        self._rests = False
        self._encodes = False
        self._passes = False
        self._last_key: float | None = None

    def connected(self) -> None:
        self._encoding.forget()
        self._setup, self._encodes, self._passes, self._last_key = None, False, False, None
        self._wants_lower = _LOWER in self._takers

    def set_up(self, setup: VideoSetup) -> None:
        """Raises `ValueError` where the H.264 that is announced cannot be."""
        self._setup = setup
        self._lines = 0
        if setup.codec != PASSING:
            self._encodes, self._passes = True, False
            self._seen(PictureForm(setup.codec, 0, 0))
        else:
            form = read_record(setup.record)
            self._lines = form.height
            self._seen(form)
            self._passes = not self._encodes
            if self._passes:
                self._takers[_PICTURE].set_form(form, setup.record)
        self._begin()

    def picture(self, picture: Picture, at: float) -> None:
        """`at`: ms UTC on stage."""
        if self._setup is None:
            return
        if picture.key:
            self._last_key = at
        if self._passes:
            self._takers[_PICTURE].picture(picture, at)
        shown = round((at + picture.shown_after) * 1000)
        self._encoding.feed(Coded(shown, picture.key, picture.data))
        if not self._encodes and self._last_key is not None and at - self._last_key > RARE_MS:
            self._encodes = True
            self._begin()

    def rest(self, *, now: bool) -> None:
        """Whether nobody takes the pictures for a while: then nothing is encoded."""
        self._rests = now
        if self._setup is not None:
            self._begin()

    async def close(self) -> None:
        await self._encoding.close()

    def _begin(self) -> None:
        assert self._setup is not None
        is_large = not self._lines or is_worth_making(SMALLER, self._lines)
        wanted = (MAIN,) * self._encodes + (SMALLER,) * (self._wants_lower and is_large)
        every = KEYS_EVERY if self._encodes else 0
        begin = Begin(self._setup.codec, self._setup.record, wanted, every)
        self._encoding.begin(begin if wanted and not self._rests else None)

    def _take_made(self, made: Made) -> None:
        taker = self._takers[made.name]
        if made.record:
            form = read_record(made.record)
            taker.set_form(form, made.record)
            if made.name == _PICTURE:
                self._passes = False
                self._tell_size(made, form.fps)
        taker.picture(Picture(0, 0, made.key, made.data), made.at / 1000)

    def _tell_size(self, made: Made, fps: float) -> None:
        if self._setup is not None and self._setup.codec != PASSING:
            self._seen(PictureForm(self._setup.codec, *made.size, fps))

    def _give_up(self) -> None:
        """Rule 3. What must be encoded is tried again, with less to do if there is less."""
        self._note("lower_given_up" if self._wants_lower else "encoder_slow")
        self._wants_lower = False
        self._encoding.begin(None)
        if self._encodes:
            self._begin()
