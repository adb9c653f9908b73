"""Django Channels: a WebSocket consumer in a group, in-memory layer; daphne serves `channels_ws:application`."""

from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter
from django.conf import settings

settings.configure(CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}})


class Stream(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add("all", self.channel_name)
        await self.accept()

    async def event(self, message: dict[str, Any]) -> None:
        await self.send(text_data=message["data"])


async def publish(_scope: Any, receive: Any, send: Any) -> None:
    message = await receive()
    await get_channel_layer().group_send("all", {"type": "event", "data": message["body"].decode()})
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


application = ProtocolTypeRouter({"websocket": Stream.as_asgi(), "http": publish})
