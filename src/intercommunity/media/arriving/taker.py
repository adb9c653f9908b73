"""Whoever takes a source's pictures; knows neither the source nor the package."""

from typing import Protocol

from intercommunity.media.coding.avc import PictureForm
from intercommunity.media.coding.flv import Picture


class PictureTaker(Protocol):
    def set_form(self, form: PictureForm, record: bytes) -> None:
        """Of the pictures that come from now on; `record`: their decoder configuration."""

    def picture(self, picture: Picture, at: float) -> None:
        """`at`: ms UTC on stage, when it is decoded."""
