/* SPDX-License-Identifier: GPL-2.0 */
/* What the debuggee says unasked. */
#ifndef DEBUGGER_NOTES_H
#define DEBUGGER_NOTES_H

#include "debugger/session.h"

/* Carries out one note. A note too short for its kind is an error that is printed. */
void note_take(struct session *session, const struct hd_message *message, const void *payload);

#endif
