"""A bot in a process of its own: its arguments are the API, the gateway and the token."""

import sys

import discord
import yarl
from discord.ext import commands


class Child(commands.AutoShardedBot):
    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            await message.channel.send(f"child heard: {message.content}")


def main(api_base: str, gateway_url: str, token: str) -> None:
    discord.http.Route.BASE = api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
    Child("!", intents=discord.Intents(guilds=True, dm_messages=True)).run(token, log_handler=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
