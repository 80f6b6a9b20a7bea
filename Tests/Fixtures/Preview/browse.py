"""Reads a preview in a real browser: browse.py CHROMIUM, in the folder of spec.yaml. Prints what it has seen, a line each."""

import os
import subprocess
import sys

from chromium import Page

host = subprocess.Popen(
    ["pingshen", "preview", "spec.yaml", "--locale", "zh"], stdout=subprocess.PIPE, stderr=open("log", "w"), text=True
)
address = host.stdout.readline().strip()
good = open("spec.yaml").read()


def save(text):
    with open("spec.new", "w") as file:
        file.write(text)
    os.replace("spec.new", "spec.yaml")


def frame(side):
    return "document.querySelector('iframe.%s:not(.coming)')" % side


def place(side):
    """The heading, or other mark, at the upper edge, and how far from it."""
    return page.value(
        """(() => { let best = null;
        for (const one of %s.contentDocument.querySelectorAll('[id]')) {
            const box = one.getBoundingClientRect();
            if (box.height > 0 && box.top <= 4 && (!best || box.top >= best[1])) best = [one.id, box.top];
        }
        return best; })()""" % frame(side)
    )


IS_THERE = "[...document.querySelectorAll('iframe')].filter(one => one.contentDocument.readyState === 'complete' " \
    "&& one.contentDocument.body.children.length).length === 2 && !document.querySelector('.coming')"

page = Page(sys.argv[1], 1366, 820)
page.go(address)
page.wait("document.body.className === 'fresh' && " + IS_THERE)
for side in ["report", "findings"]:
    page.value(frame(side) + ".contentWindow.scrollTo(0, 900)")
page.value(frame("findings") + ".contentDocument.querySelector('input[type=checkbox]').click()")
before = place("report"), place("findings")
save(good.replace("name: 老年人助餐送餐", "name: 新的名称"))
page.wait("document.querySelector('h1').textContent === '新的名称' && " + IS_THERE)
print("new", page.value(frame("report") + ".contentDocument.body.textContent.includes('新的名称')"))
print("same place", (place("report"), place("findings")) == before)
print("same tick", page.value(frame("findings") + ".contentDocument.querySelector('input[type=checkbox]').checked") is False)
save(good.replace("36500.00", "三万"))
page.wait("document.body.className === 'stale'")
print("mistake", page.value("document.querySelector('#problems mark').textContent"), "report", page.value(IS_THERE))
save(good)
page.wait("document.body.className === 'fresh' && !document.querySelector('#problems') && " + IS_THERE)
page.value(frame("report") + ".contentDocument.querySelector('a[href*=\"findings.html#\"]').click()")
page.wait(frame("findings") + ".contentWindow.location.hash.length > 1")
page.value(frame("findings") + ".contentDocument.querySelector('a[href*=\"report.html#\"]').click()")
page.wait(frame("report") + ".contentWindow.location.hash.length > 1")
print("links", page.value("[...document.querySelectorAll('iframe')].map(one => one.contentWindow.location.pathname.split('/').pop()).join(' ')"))
print("complaints", page.complaints)
page.close()

page = Page(sys.argv[1], 390, 844)
page.go(address)
page.wait("document.body.className === 'fresh' && " + IS_THERE)
shown = "[...document.querySelectorAll('iframe')].filter(one => getComputedStyle(one).visibility === 'visible').map(one => one.className).join(' ')"
print("phone", page.value("document.documentElement.scrollWidth"), page.value(shown))
page.value(frame("report") + ".contentDocument.querySelector('a[href*=\"findings.html#\"]').click()")
page.wait(shown + " === 'findings'")
print("turned to", page.value(shown))
host.terminate()
page.wait("!document.getElementById('ended').hidden")
print("ended", host.wait())
page.close()
