#!/usr/bin/env python3
"""Pictures of the explorer for the book: runs it in a pseudo-terminal of 120 × 40 cells, plays keys, and draws the screens.

    pip install pyte pillow ; apt-get install fonts-dejavu-core
    cargo build --release
    screens.py ../../../target/release/resnet-explore ../../../docs/src/images [NAME ...]

Half blocks are drawn as rectangles, and pictures of the iTerm2 protocol as they are.
"""
import base64
import fcntl
import io
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time

import pyte
from PIL import Image, ImageDraw, ImageFont

SIZE = 120, 40
CELL = 10, 20
NAMED = {
    "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Space": " ", "Backspace": "\x7f",
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D",
}
# Name of the picture: arguments of the program, and keys. A key of several letters is typed; `until:TEXT` waits for a text on the
# screen, with `_` for a blank.
FASHION = "until:Layers 3 until:choose_weights Enter Enter until:0_of_74"
SCREENS = {
    "explorer-points": ([], "until:Enter p until:top-1 w / resnext101_32x16d until:1_network Enter Esc until:110_networks"),
    "explorer-layers": (["resnet50"], "until:Layers Down Down Space Down Space until:downsample.0"),
    "explorer-graph": (["resnet50"], "until:Layers 2 until:blocks" + 11 * " Down" + " until:shortcut:_identity"),
    "explorer-compare": (["resnet50"], "until:Layers D resnet101_v1 Enter until:difference n until:moved Space Down Down Down until:conv2_·"),
    "explorer-forward": (["resnet20_fashion"], f"{FASHION} n n n n n until:running"),
    "explorer-end": (["resnet20_fashion"], f"{FASHION} r until:likeliest"),
    "explorer-picture": (
        ["resnet18", "--graphics", "iterm2"],
        "until:Layers 3 until:choose_weights w until:noise Right / scene.png Enter Enter until:0_of_74 n n until:2_of_74",
    ),
    "explorer-value": (["resnet20_fashion"], f"{FASHION} r until:likeliest / layer1.1.relu Enter until:layer1.1.relu x until:so_far"),
    "explorer-change": (["resnet20_fashion"], f"{FASHION} r until:likeliest / layer2.2.add Enter i until:main_path Enter until:before_the_change"),
}
COLOURS = {
    "black": "#1c1c1c", "red": "#d75f5f", "green": "#87af5f", "brown": "#d7af5f", "blue": "#5f87d7", "magenta": "#af87d7",
    "cyan": "#5fafaf", "white": "#d0d0d0", "brightblack": "#767676", "brightred": "#ff8787", "brightgreen": "#afd787",
    "brightbrown": "#ffd787", "brightyellow": "#ffd787", "brightblue": "#87afff", "brightmagenta": "#d7afff",
    "brightcyan": "#87d7d7", "brightwhite": "#ffffff",
}
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono{}.ttf"
PAPER, INK = "#121212", "#d0d0d0"
PICTURE = re.compile(rb"\x1b\]1337;File=([^:]*):([^\x07]*)\x07")


def scene(path):
    """A landscape of 640 × 480 pixels: nothing in it is anyone's work but this script's."""
    image = Image.new("RGB", (640, 480), (70, 160, 250))
    draw = ImageDraw.Draw(image)
    draw.polygon([(80, 300), (220, 120), (360, 300)], fill=(80, 60, 50))
    draw.rectangle((0, 300, 640, 480), fill=(30, 120, 40))
    draw.ellipse((420, 40, 520, 140), fill=(250, 250, 110))
    draw.rectangle((380, 220, 540, 340), fill=(180, 40, 30))
    draw.polygon([(360, 222), (460, 150), (560, 222)], fill=(60, 40, 30))
    draw.rectangle((440, 270, 480, 340), fill=(30, 30, 30))
    image.save(path)


class Terminal:
    def __init__(self, command, folder):
        self.screen = pyte.Screen(*SIZE)
        self.stream = pyte.ByteStream(self.screen)
        self.pictures = {}
        self.rest = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            for name in ("NO_COLOR", "COLORFGBG", "TMUX", "STY"):
                os.environ.pop(name, None)
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8", LC_ALL="C.UTF-8")
            os.environ.update(RESNET_EXPLORE_STATE="", RESNET_EXPLORE_KEYS="")
            os.chdir(folder)
            os.execv(command[0], command)
        pixels = SIZE[0] * CELL[0], SIZE[1] * CELL[1]
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], *pixels))

    def read(self, seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and select.select([self.fd], [], [], left)[0]:
            try:
                self.feed(os.read(self.fd, 1 << 16))
            except OSError:
                return

    def wait(self, text):
        for _ in range(200):
            if any(text in line for line in self.screen.display):
                return
            self.read(0.1)
        raise SystemExit("\n".join(self.screen.display) + f"\n{text!r} does not appear")

    def feed(self, data):
        data = self.rest + data
        at = 0
        for found in PICTURE.finditer(data):
            self.stream.feed(data[at : found.start()])
            place = self.screen.cursor.x, self.screen.cursor.y
            self.pictures[place] = (found[1].decode(), base64.b64decode(found[2]))
            at = found.end()
        # A picture that has not arrived whole waits for its end.
        begun = data.find(b"\x1b]1337;", at)
        self.rest = data[begun:] if begun >= 0 else b""
        self.stream.feed(data[at : begun if begun >= 0 else len(data)])

    def type(self, key):
        self.pictures.clear()  # those of the next view are sent again
        os.write(self.fd, NAMED.get(key, key).encode())
        self.read(0.2)

    def end(self):
        os.kill(self.pid, signal.SIGTERM)
        self.read(0.5)
        os.waitpid(self.pid, 0)


def block(draw, sign, x, y, ink):
    """Draws a block element, or dots of braille, as rectangles; whether the sign is one."""
    wide, high = CELL
    code = ord(sign)
    right, bottom = x + wide - 1, y + high - 1
    if sign == "▀":
        draw.rectangle((x, y, right, y + high // 2 - 1), fill=ink)
    elif 0x2581 <= code <= 0x2588:
        draw.rectangle((x, y + high - high * (code - 0x2580) // 8, right, bottom), fill=ink)
    elif 0x2589 <= code <= 0x258F:
        draw.rectangle((x, y, x + wide * (0x2590 - code) // 8 - 1, bottom), fill=ink)
    elif sign == "▐":
        draw.rectangle((x + wide // 2, y, right, bottom), fill=ink)
    elif 0x2800 <= code <= 0x28FF:
        # Braille: three rows of two dots are the first six bits, the fourth row is the last two.
        for bit, (column, row) in enumerate([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]):
            if (code - 0x2800) >> bit & 1:
                left, top = x + 1 + column * wide // 2, y + 1 + row * high // 4
                draw.rectangle((left, top, left + 2, top + 2), fill=ink)
    else:
        return False
    return True


def draw(terminal):
    screen, (wide, high) = terminal.screen, CELL
    colour = lambda name, default: default if name == "default" else COLOURS.get(name) or f"#{name}"
    fonts = {bold: ImageFont.truetype(FONT.format("-Bold" if bold else ""), 16) for bold in (False, True)}
    image = Image.new("RGB", (SIZE[0] * wide, SIZE[1] * high), PAPER)
    canvas = ImageDraw.Draw(image)
    for row in range(screen.lines):
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            ink, paper = colour(cell.fg, INK), colour(cell.bg, PAPER)
            if cell.reverse:
                ink, paper = paper, ink
            x, y = column * wide, row * high
            canvas.rectangle((x, y, x + wide - 1, y + high - 1), fill=paper)
            if cell.data.strip() and not block(canvas, cell.data[0], x, y, ink):
                canvas.text((x, y), cell.data, font=fonts[cell.bold], fill=ink)
            if cell.underscore:
                canvas.line((x, y + high - 2, x + wide - 1, y + high - 2), fill=ink)
    for (column, row), (settings, data) in terminal.pictures.items():
        settings = dict(one.split("=", 1) for one in settings.split(";") if "=" in one)
        own = Image.open(io.BytesIO(data)).convert("RGB")
        sides = [settings.get("width", ""), settings.get("height", "")]
        size = [int(side[:-2]) if side.endswith("px") else int(side) * cell if side.isdigit() else mine
                for side, cell, mine in zip(sides, CELL, own.size)]
        image.paste(own.resize(size), (column * wide, row * high))
    return image


def main():
    program, folder, *names = sys.argv[1:]
    program = os.path.abspath(program)
    for name, (arguments, keys) in SCREENS.items():
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as work:
            scene(os.path.join(work, "scene.png"))
            terminal = Terminal([program, *arguments, "--lang", "en"], work)
            for key in keys.split():
                verb, _, value = key.partition(":")
                if verb == "until":
                    terminal.wait(value.replace("_", " "))
                else:
                    terminal.type(key)
            terminal.read(1)
            draw(terminal).quantize(256, dither=Image.Dither.NONE).save(os.path.join(folder, f"{name}.png"), optimize=True)
            terminal.end()
        print(name)


main()
