/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One debugging session: what is known of the debuggee, the conversation with
 * it, and the event loop that everything waits in.
 *
 * Requests wait for their reply; notes that arrive meanwhile are carried out
 * at once, but the lines of a halt are kept (`announce`) until session_settle(),
 * because they need requests of their own.
 */
#ifndef DEBUGGER_SESSION_H
#define DEBUGGER_SESSION_H

#include <stdbool.h>
#include <stdio.h>

#include <hyperdbg/error.h>
#include <hyperdbg/request.h>

#include "debugger/link.h"

struct agent;
struct machine;

struct session {
	struct link *link; /* NULL: no debuggee */
	struct agent *agent; /* the embedded machine's channel for `.guest`, or NULL */
	struct machine *machine; /* the embedded machine, or NULL */
	bool attached; /* HELLO was answered */
	bool was_attached; /* ever */
	bool halted;
	bool announce; /* the halt's lines are still to be printed */
	bool registers_known; /* halt.registers are what the debuggee has now */
	bool ending; /* `exit` */
	uint64_t wait_limit; /* ms that a played command waits for a halt: a setting */
	uint64_t reply_limit; /* ms that a request waits for its reply: a setting */
	struct hd_hello hello;
	struct hd_note_halted halt; /* of the last halt */
	uint64_t reopen_at; /* session_now() when the link's session is opened again; 0: it need not be */
	uint64_t hello_patience; /* ms until HELLO's lack of an answer means that */
	uint32_t next_id;
	uint32_t hello_id; /* 0: none under way */
	uint32_t awaited_id; /* the request that waits, 0: none */
	bool reply_came;
	uint32_t reply_size;
	int reply_error;
	uint64_t reply_detail;
	_Alignas(16) uint8_t reply[HD_MESSAGE_MAX];
};

struct reply {
	const void *payload; /* in the session: valid until the next request */
	uint32_t size;
	uint64_t detail;
};

void session_init(struct session *session);
/* Takes ownership of the link. */
void session_connect(struct session *session, struct link *link);
void session_disconnect(struct session *session);

/* Debugger mode: a debuggee behind a line, as opposed to none or the machine we run on (VMI mode). */
static inline bool session_has_line(const struct session *session)
{
	return session->link && !session->link->local;
}

/*
 * Sends a request, payload in two parts, and waits for its reply. Returns the
 * reply's error, or -HD_E_LINE_DOWN if none came. reply may be NULL.
 */
int session_request(struct session *session, enum hd_message_type type, const void *first, size_t first_size,
		    const void *second, size_t second_size, struct reply *reply);
/* The same; an error is printed. Returns whether it went well. */
bool session_ask(struct session *session, enum hd_message_type type, const void *payload, size_t size,
		 struct reply *reply);
void session_print_error(int error, uint64_t detail);

/*
 * One turn of the event loop: handles one message if there is one, otherwise
 * waits (at most `timeout` ms, -1 for ever) for something to happen. Returns
 * true if extra_fd (-1: none) can be read.
 */
bool session_turn(struct session *session, int timeout, int extra_fd);
/* The module has said that it leaves: a new session is opened when it, or another, is there again. */
void session_expect_return(struct session *session);
/* Prints the lines of a halt that are still to be printed. */
void session_settle(struct session *session);

enum session_wait { SESSION_CAME, SESSION_TIMEOUT, SESSION_INTERRUPTED, SESSION_GONE };
/* Turns until done() says so. limit in ms, -1: none. SESSION_GONE: the link has closed. */
enum session_wait session_wait(struct session *session, bool (*done)(struct session *session), int64_t limit);

/* Conditions for session_wait. */
bool session_is_attached(struct session *session);
bool session_is_halted(struct session *session);
bool session_is_settled_halt(struct session *session);

/* Breaks in and waits for the halt; prints what goes wrong. No error if it stands already. */
bool session_break_in(struct session *session);
/* Lets the debuggee run; prints what goes wrong, or that it runs. */
bool session_go(struct session *session);
/* Waits until all that the debuggee said up to now has been taken. A halt among it is still to be settled. */
void session_catch_up(struct session *session);

/* Registers of the halted core; NULL: an error was printed. */
const struct hd_registers *session_registers(struct session *session);

/* The prompt without a blank behind it. */
void session_prompt(const struct session *session, char *text, size_t size);

/* Ctrl-C: set by the signal's handler, taken by whoever acts on it. */
void session_catch_interrupts(void);
bool session_take_interrupt(void);
bool session_interrupt_pending(void);

uint64_t session_now(void);

#endif
