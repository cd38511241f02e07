// SPDX-License-Identifier: GPL-2.0
/*
 * Errors of the compiler, and the sentences a user reads.
 */
#include "script/compiler.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void copy_line(char *to, size_t size, const struct token *token)
{
	const char *line = token->file->text + token->offset - (token->column - 1);
	size_t length = strcspn(line, "\r\n");

	snprintf(to, size, "%.*s", (int)(length < size ? length : size - 1), line);
}

static void report_list(struct compiler *compiler, const struct token *token, const char *format, va_list arguments)
{
	struct script_diagnostics *list = compiler->diagnostics;
	struct script_diagnostic *item;

	if (list->count == SCRIPT_MAX_DIAGNOSTICS)
		return;
	item = &list->items[list->count++];
	memset(item, 0, sizeof(*item));
	vsnprintf(item->message, sizeof(item->message), format, arguments);
	if (!token)
		return;
	item->line = token->line;
	item->column = token->column;
	snprintf(item->file, sizeof(item->file), "%s", token->file->name);
	copy_line(item->source, sizeof(item->source), token);
}

void report(struct compiler *compiler, const struct token *token, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	report_list(compiler, token, format, arguments);
	va_end(arguments);
}

void fail(struct compiler *compiler, const struct token *token, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	report_list(compiler, token, format, arguments);
	va_end(arguments);
	give_up(compiler);
}

void give_up(struct compiler *compiler)
{
	longjmp(*compiler->recover, 1);
}

const char *token_name(struct compiler *compiler, const struct token *token)
{
	size_t length = token->end - token->offset;
	char *name;

	if (token->kind == TOKEN_END)
		return "the end";
	if (length > 40)
		length = 40;
	name = arena_allocate(compiler, length + 3);
	name[0] = '`';
	memcpy(name + 1, token->file->text + token->offset, length);
	name[length + 1] = '`';
	for (size_t i = 1; i <= length; i++)
		if ((unsigned char)name[i] < ' ')
			name[i] = ' ';
	return name;
}

/* The source line, and a caret under the column: blanks, with the line's own tabs. */
static void print_source(FILE *file, const struct script_diagnostic *item)
{
	unsigned int column = item->column - 1;

	if (!item->line || !item->column || column > strlen(item->source))
		return;
	fprintf(file, "\t%s\n\t", item->source);
	for (unsigned int i = 0; i < column; i++)
		fputc(item->source[i] == '\t' ? '\t' : ' ', file);
	fputs("^\n", file);
}

char *script_diagnostics_text(const struct script_diagnostics *diagnostics)
{
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return NULL;
	for (unsigned int i = 0; i < diagnostics->count; i++) {
		const struct script_diagnostic *item = &diagnostics->items[i];

		fputs("err, ", file);
		if (item->file[0])
			fprintf(file, "%s, ", item->file);
		if (item->line)
			fprintf(file, "line 0n%u, column 0n%u: ", item->line, item->column);
		fprintf(file, "%s\n", item->message);
		print_source(file, item);
	}
	fclose(file);
	return text;
}

static const char *const sentences[HD_E_COUNT] = {
#define X(id, sentence) [HD_E_##id] = sentence,
	HD_ERRORS(X)
#undef X
};

/* The sentence with the detail where it says %llx or %llu. */
static void print_sentence(FILE *file, int error, uint64_t detail)
{
	const char *sentence = error > 0 && error < HD_E_COUNT ? sentences[error] : "the script failed";
	const char *mark = strstr(sentence, "%ll");

	if (!mark) {
		fputs(sentence, file);
		return;
	}
	fprintf(file, "%.*s", (int)(mark - sentence), sentence);
	fprintf(file, mark[3] == 'u' ? "%" PRIu64 : "%" PRIx64, detail);
	fputs(mark + 4, file);
}

const char *script_file_name(const char *names, unsigned int count, uint32_t line)
{
	unsigned int number = hd_line_file(line);

	if (number >= count)
		return "";
	while (number--)
		names += strlen(names) + 1;
	return names;
}

char *script_outcome_text(const struct script_outcome *outcome, const struct script_program *program)
{
	const char *name = script_file_name(program->file_names, program->file_count, outcome->line);
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return NULL;
	fputs("err, ", file);
	if (outcome->line && name[0])
		fprintf(file, "%s, ", name);
	if (outcome->line)
		fprintf(file, "line 0n%u, column 0n%u: ", hd_line_number(outcome->line), outcome->column);
	print_sentence(file, outcome->error, outcome->detail);
	fputc('\n', file);
	fclose(file);
	return text;
}
