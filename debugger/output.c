// SPDX-License-Identifier: GPL-2.0
#include "debugger/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool at_line_start = true;
static struct out_source last_source;
static bool failed_ever, failed_lately;
static void (*hide_prompt)(void);
static bool hidden;

static void before_output(void)
{
	if (hide_prompt && !hidden) {
		hidden = true;
		hide_prompt();
	}
}

static void fresh_line(void)
{
	before_output();
	if (!at_line_start)
		putchar('\n');
	at_line_start = true;
}

void out_line(const char *format, ...)
{
	va_list list;

	fresh_line();
	va_start(list, format);
	vprintf(format, list);
	va_end(list);
	putchar('\n');
}

void out_error(const char *format, ...)
{
	va_list list;

	fresh_line();
	fputs("err, ", stdout);
	va_start(list, format);
	vprintf(format, list);
	va_end(list);
	putchar('\n');
	failed_ever = failed_lately = true;
}

static bool same_source(const struct out_source *a, const struct out_source *b)
{
	return a->event == b->event && a->core == b->core && a->guest == b->guest;
}

void out_text(const struct out_source *source, const char *text, size_t length)
{
	if (!length)
		return;
	before_output();
	if (!at_line_start && !same_source(source, &last_source))
		fresh_line();
	last_source = *source;
	fwrite(text, 1, length, stdout);
	at_line_start = text[length - 1] == '\n';
}

void out_command(const char *prompt, const char *command)
{
	fresh_line();
	printf("%s %s\n", prompt, command);
}

void out_progress(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
}

void out_flush(void)
{
	fflush(stdout);
}

bool out_failed(void)
{
	return failed_ever;
}

bool out_take_failed(void)
{
	bool failed = failed_lately;

	failed_lately = false;
	return failed;
}

void out_editing(void (*hide)(void))
{
	hide_prompt = hide;
	hidden = false;
}

bool out_take_hidden(void)
{
	bool was = hidden;

	if (was)
		fresh_line();
	hidden = false;
	return was;
}
