# SPDX-License-Identifier: GPL-2.0
"""A scenario file: what it says, and whether a transcript is what it expects.

README.md describes the format.
"""
import copy
import re

KEYS = {"title", "rules", "play", "script", "smp", "mem", "cpu", "append", "start", "garble", "long", "timeout", "status", "log", "check", "ignore"}
MANY = {"log", "ignore", "check", "start"}  # may be given several times

PROMPTS = {
    "debugger": re.compile(r"^(?:(?:[0-9a-f]+|N): )?kHyperDbg> (.*)$"),
    "guest": re.compile(r"^guest# (.*)$"),
}
CLASSES = {"hex": "[0-9a-f]+", "dec": "[0-9]+", "any": ".*?"}
TIMES = re.compile(r"^\{times ([0-9]+)\} (.*)$")
WILDCARD = re.compile(r"\{(?:([a-z_]+):)?(hex|dec|any)\}")


class Malformed(Exception):
    """The file itself is wrong: one sentence with its place."""


class Pattern:
    """One expected line, with its wildcards."""

    def __init__(self, text, number):
        self.text = text
        self.number = number
        self.names = []  # (name, class) for each group of the expression
        parts, at = [], 0
        for wildcard in WILDCARD.finditer(text):
            parts.append(re.escape(text[at : wildcard.start()]))
            name, kind = wildcard.groups()
            if name:
                self.names.append((name, kind))
                parts.append(f"({CLASSES[kind]})")
            else:
                parts.append(f"(?:{CLASSES[kind]})")
            at = wildcard.end()
        parts.append(re.escape(text[at:]))
        self.expression = re.compile("".join(parts))

    def match(self, line, captures):
        """The captures with this line's added; None if it does not match or disagrees."""
        found = self.expression.fullmatch(line)
        if not found:
            return None
        result = dict(captures)
        for (name, kind), text in zip(self.names, found.groups()):
            value = text if kind == "any" else int(text, 10 if kind == "dec" else 16)
            if result.setdefault(name, value) != value:
                return None
        return result


class Prompt:
    """A command's first line behind its prompt. `N:` is any core; all else stands for itself."""

    def __init__(self, text, number):
        self.text = text
        self.number = number
        literal = re.escape(text[2:] if text.startswith("N:") else text)
        self.expression = re.compile(("[0-9a-f]+:" if text.startswith("N:") else "") + literal)


class Later:
    """`{later}`: what else comes here may just as well come behind the next command."""

    text = "{later}"

    def __init__(self, number):
        self.number = number


class Lines:
    """`...`: any number of lines."""

    text = "..."

    def __init__(self, number):
        self.number = number


class Times:
    """`{times N} LINE`: that line N times (N decimal), nothing between them."""

    def __init__(self, count, pattern):
        self.count = count
        self.pattern = pattern
        self.number = pattern.number

    @property
    def text(self):
        return f"{{times {self.count}}} {self.pattern.text}"


class AnyOrder:
    """A block whose lines come in any order, nothing between them."""

    def __init__(self, number):
        self.number = number
        self.patterns = []

    @property
    def text(self):
        return "{any order\n" + "".join(f"{p.text}\n" for p in self.patterns) + "}"


class Step:
    """A command, and what is expected from its echo to the next one's."""

    def __init__(self, prompt, lines, number):
        self.prompt = prompt  # a Pattern of the first line; None: before the first command
        self.lines = lines  # the command as it is played
        self.number = number
        self.expected = []
        self.interrupt = False  # a Ctrl-C is sent once the command was echoed


def brace_depth(line, depth):
    """The depth of open braces behind a line of a command; strings and line comments are skipped."""
    text = re.sub(r'"(?:\\.|[^"\\])*"|//.*|/\*.*?\*/', "", line)
    for c in text:
        if c == "{":
            depth += 1
        elif c == "}" and depth:
            depth -= 1
    return depth


class Scenario:
    def __init__(self, name, text):
        self.name = name
        self.header = {key: [] for key in MANY}
        lines = text.splitlines()
        first = self._read_header(lines)
        self.play = self.header.get("play", "debugger")
        if self.play not in PROMPTS:
            raise Malformed(f"{name}: play: debugger or guest, not {self.play}")
        self.steps = [Step(None, [], first)]
        self._read_transcript(lines, first)
        if len(self.steps) == 1 and not self.steps[0].expected:
            raise Malformed(f"{name}: no command and no line is expected")

    def _read_header(self, lines):
        for number, line in enumerate(lines):
            if not line.strip():
                return number + 1
            if line.startswith("#"):
                continue
            key, colon, value = line.partition(":")
            if not colon or key not in KEYS:
                raise Malformed(f"{self.name}, line {number + 1}: no such key; there are: {', '.join(sorted(KEYS))}")
            if key in MANY:
                self.header[key].append(value.strip())
            else:
                self.header[key] = value.strip()
        raise Malformed(f"{self.name}: an empty line ends the header")

    def _read_transcript(self, lines, at):
        block = None
        while at < len(lines):
            line = lines[at]
            at += 1
            prompt = PROMPTS[self.play].match(line)
            if block:
                if line == "}":
                    block = None
                else:
                    block.patterns.append(Pattern(line, at))
            elif prompt:
                at = self._read_command(lines, at, prompt)
            elif line == "{any order":
                block = AnyOrder(at)
                self.steps[-1].expected.append(block)
            elif line == "...":
                self.steps[-1].expected.append(Lines(at))
            elif line == "{later}":
                self.steps[-1].expected.append(Later(at))
            elif line == "^C":
                self.steps[-1].interrupt = True
            elif TIMES.match(line):
                count, text = TIMES.match(line).groups()
                self.steps[-1].expected.append(Times(int(count), Pattern(text, at)))
            elif line and not line.startswith("#"):
                self.steps[-1].expected.append(Pattern(line, at))
        if block:
            raise Malformed(f"{self.name}, line {block.number}: the block is never closed")

    def _read_command(self, lines, at, prompt):
        number = at
        command = [prompt.group(1)]
        # `.guest` and `.script` take the line as it is (COMMAND_RAW in the debugger).
        raw = self.play != "debugger" or command[0].startswith((".guest", ".script"))
        depth = 0 if raw else brace_depth(command[0], 0)
        while depth:
            if at == len(lines):
                raise Malformed(f"{self.name}, line {number}: the command's brace is never closed")
            command.append(lines[at])
            depth = brace_depth(lines[at], depth)
            at += 1
        line = lines[number - 1]
        self.steps.append(Step(Prompt(line, number), command, number))
        return at

    def until(self, count):
        """The same with its first steps only, and without what must hold at the end."""
        result = copy.copy(self)
        result.steps = self.steps[:count]
        result.header = dict(self.header, check=[])
        return result

    def commands(self):
        """The text to play."""
        return "".join("\n".join(step.lines) + "\n" for step in self.steps[1:])

    def expected_status(self):
        if "status" in self.header:
            return int(self.header["status"])
        if self.play == "guest":
            return 0
        for step in self.steps:
            for item in step.expected:
                patterns = item.patterns if isinstance(item, AnyOrder) else [getattr(item, "pattern", item)]
                if any(pattern.text.startswith("err, ") for pattern in patterns):
                    return 1
        return 0


# --- matching -----------------------------------------------------------------


class Mismatch(Exception):
    """A text for the reader."""


def echo_size(step, lines, at):
    """How many lines at `at` are the command's echo; 0: none."""
    size = len(step.lines)
    if not step.prompt or not step.prompt.expression.fullmatch(lines[at]):
        return 0
    if [line.rstrip() for line in lines[at + 1 : at + size]] != [line.rstrip() for line in step.lines[1:]]:
        return 0
    return size


class Matcher:
    """One step's expected items against the lines that came."""

    def __init__(self, items, lines):
        self.items = items
        self.lines = lines
        self.furthest = (0, 0)
        self.left = []  # what {later} leaves for the next command

    def match(self, captures):
        return self._from(0, 0, captures)

    def _from(self, i, j, captures):
        self.furthest = max(self.furthest, (i, j))
        if i == len(self.items):
            return captures if j == len(self.lines) else None
        item = self.items[i]
        if isinstance(item, Later):
            self.left = self.lines[j:]
            return captures
        if isinstance(item, Lines):
            for k in range(j, len(self.lines) + 1):
                result = self._from(i + 1, k, captures)
                if result is not None:
                    return result
            return None
        if isinstance(item, Times):
            for k in range(j, j + item.count):
                captures = item.pattern.match(self.lines[k], captures) if k < len(self.lines) else None
                if captures is None:
                    self.furthest = max(self.furthest, (i, k))
                    return None
            return self._from(i + 1, j + item.count, captures)
        if isinstance(item, AnyOrder):
            return self._any_order(i, j, list(item.patterns), captures)
        if j == len(self.lines):
            return None
        captures = item.match(self.lines[j], captures)
        return None if captures is None else self._from(i + 1, j + 1, captures)

    def _any_order(self, i, j, left, captures):
        if not left:
            return self._from(i + 1, j, captures)
        if j == len(self.lines):
            return None
        for k, pattern in enumerate(left):
            added = pattern.match(self.lines[j], captures)
            if added is None:
                continue
            result = self._any_order(i, j + 1, left[:k] + left[k + 1 :], added)
            if result is not None:
                return result
        return None


def difference(step, matcher):
    i, j = matcher.furthest
    text = [f"line {step.number}: behind `{step.lines[0]}`:" if step.lines else "before the first command:"]
    text += [f"  = {line}" for line in matcher.lines[:j]]
    for item in matcher.items[i:]:
        text += [f"  - {line}" for line in item.text.splitlines()]
    text += [f"  + {line}" for line in matcher.lines[j:]]
    text.append("  (= as expected, - expected and missing, + came instead)")
    return "\n".join(text)


def compare(scenario, lines):
    """The captures; raises Mismatch."""
    captures = {}
    ignored = [re.compile(expression) for expression in scenario.header["ignore"]]
    lines = [line for line in lines if not any(expression.fullmatch(line) for expression in ignored)]
    at = 0
    left = []
    for k, step in enumerate(scenario.steps):
        following = scenario.steps[k + 1] if k + 1 < len(scenario.steps) else None
        end = at
        size = 0
        while end < len(lines):
            size = echo_size(following, lines, end) if following else 0
            if size:
                break
            end += 1
        if k == 0 and not step.expected:
            # Where the machine was met is nobody's business, an error is.
            errors = [line for line in lines[:end] if line.startswith("err, ")]
            if errors:
                raise Mismatch("before the first command:\n" + "\n".join(f"  + {line}" for line in errors))
        else:
            matcher = Matcher(step.expected, left + lines[at:end])
            result = matcher.match(captures)
            if result is None:
                raise Mismatch(difference(step, matcher))
            captures = result
            left = matcher.left
        if following and not size:
            raise Mismatch(f"line {following.number}: this was never played: {following.prompt.text}")
        at = end + size
    for check in scenario.header["check"]:
        # The file is ours, and an expression says best what must hold.
        if not eval(check, {"__builtins__": {}}, captures):  # pylint: disable=eval-used
            shown = ", ".join(f"{name}={value:#x}" if isinstance(value, int) else f"{name}={value}" for name, value in sorted(captures.items()))
            raise Mismatch(f"this does not hold: {check} (with {shown})")
    return captures


# --- the kernel's log ---------------------------------------------------------

# What a plain insmod logs at these levels.
KNOWN_LOG = [
    r"hyperdbg: loading out-of-tree module taints kernel\.",
    r"hyperdbg: module verification failed: .*",
    r"probe_kernel: (loading out-of-tree module|module verification failed).*",
    # Said when the host was slow for a moment; it has nothing to do with us.
    r"hrtimer: interrupt took \d+ ns",
    r"hpet: Lost \d+ RTC interrupts",
]
LOADED = re.compile(r"loading out-of-tree module")
LOG_TIME = re.compile(r"^\[ *\d+\.\d+\] ")


def unclean_lines(console, allowed):
    """Lines of the kernel's log, from the first load of a module of ours on, that a clean one does not have."""
    known = re.compile("|".join(f"(?:{pattern})" for pattern in KNOWN_LOG + allowed))
    result = []
    lines = console.splitlines()
    while lines and not LOADED.search(lines[0]):
        lines.pop(0)
    for line in lines:
        text = LOG_TIME.sub("", line.strip("\r"))
        if text.strip() and not known.fullmatch(text):
            result.append(line)
    return result
