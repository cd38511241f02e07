/* SPDX-License-Identifier: GPL-2.0 */
/* Expressions in commands, and what the script compiler asks of the debugger. */
#ifndef DEBUGGER_EXPRESSION_H
#define DEBUGGER_EXPRESSION_H

#include "debugger/session.h"
#include "script/compile.h"

/* Fills everything but `forbid`: symbols and included files. */
void expression_options(struct session *session, struct script_compile_options *options);

/*
 * The number at the front of `text`, and how many bytes it takes. With a
 * halted debuggee, registers and memory are its own. false: one diagnostic.
 */
bool expression_evaluate(struct session *session, const char *text, uint64_t *value, size_t *used,
			 struct script_diagnostics *diagnostics);

/*
 * A file's text from malloc, looked for beside the file being played first;
 * NULL with errno. `folder` (NULL: not wanted) receives the folder it was
 * found in, with its slash, or "".
 */
char *expression_read_file(const char *path, char *folder, size_t folder_size);
/* The folder of the file being played, with its slash (kept, not copied), or NULL; returns the one before. */
const char *expression_set_folder(const char *folder);

#endif
