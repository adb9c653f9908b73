"""After a crash: what had arrived and was not packaged yet goes into the package, so that nothing of it is lost."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from intercommunity.media.arriving.tape import Entry, PictureBegan, PictureCame, SoundBegan, SoundCame
from intercommunity.media.coding.aac import SoundDecoder
from intercommunity.media.coding.avc import read_record
from intercommunity.media.packaging.package import Cut, Package
from intercommunity.media.packaging.packager import Packager
from intercommunity.media.packaging.slate import Slate
from intercommunity.media.plan import Plan
from intercommunity.media.sound import PER_MS, Placed


def catch_up(plan: Plan, folder: Path, slates: Mapping[str, Slate], entries: Sequence[Entry], now: float) -> list[Cut]:
    """Continue the package there with what was on its tape, and list it. `now`: ms UTC. Raises `OSError`."""
    came = [entry.at for entry in entries if isinstance(entry, PictureCame | SoundCame)]
    if not came:
        return []
    sounds = {source.name: Placed() for source in plan.sources}
    packager = Packager(plan, sounds, folder, slates, min(came))
    _replay(packager, sounds, entries)
    cuts = packager.finish()
    _list(packager.package, cuts, now)
    return cuts


def _replay(packager: Packager, sounds: Mapping[str, Placed], entries: Sequence[Entry]) -> None:
    decoders: dict[str, SoundDecoder] = {}
    for entry in entries:
        match entry:
            case PictureBegan():
                packager.set_form(entry.kind, read_record(entry.record), entry.record)
            case PictureCame():
                packager.picture(entry.kind, entry.picture, entry.at)
            case SoundBegan() if entry.source in sounds:
                decoders[entry.source] = SoundDecoder(entry.setup)
            case SoundCame() if entry.source in decoders:
                if samples := decoders[entry.source].decode(entry.data):
                    sounds[entry.source].place(round(entry.at * PER_MS), samples)


def _list(package: Package, cuts: Sequence[Cut], now: float) -> None:
    """Their captions are written again as soon as the lines are known."""
    for track in package.begun.tracks:
        package.write_captions(track, (), cuts)
    if cuts:
        package.write_lists(now)
