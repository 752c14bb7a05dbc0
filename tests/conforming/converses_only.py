"""Conforms without bindings: what threaded_httpx does, seen through the conversation only."""

import threaded_httpx

surfaces = threaded_httpx.surfaces


class App:
    def __init__(self, context):
        app = threaded_httpx.App(context)
        self.add_skill = app.add_skill
        self.ask = app.ask
        self.close = app.close


create_app = App
