#!/usr/bin/python3
"""The least browser around WebKit that its WebDriver can drive. WebKit's own, MiniBrowser, keeps nothing over its end when it is driven,
and so could not show whether a wallet survives a restart. The only argument is the folder of the profile."""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

profile = sys.argv[1]
data = WebKit2.WebsiteDataManager(base_data_directory=f"{profile}/data", base_cache_directory=f"{profile}/cache")
context = WebKit2.WebContext(website_data_manager=data)
context.set_automation_allowed(True)
context.set_preferred_languages(["zh-CN"])


def download(_, started):
    """Every download goes into the profile, under its own name."""
    started.connect("decide-destination", lambda it, name: it.set_destination(f"file://{profile}/downloads/{name}") or True)


def page(_):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window(default_width=412, default_height=900)
    window.add(view)
    window.show_all()
    return view


def driven(_, session):
    about = WebKit2.ApplicationInfo()
    about.set_name("webkit.py")
    session.set_application_info(about)
    session.connect("create-web-view", page)


context.connect("download-started", download)
context.connect("automation-started", driven)
Gtk.main()
