// SPDX-License-Identifier: GPL-2.0
#include "debugger/symbols.h"

#include <string.h>

#include "engine/error_text.h"

/* HyperDbg's name of the kernel; ours is called vmlinux. */
#define WINDOWS_KERNEL "nt!"

/* Farther than this from a symbol, an address is not said to be in it. */
#define NEAR 0x10000

/* The reply to an unknown name: near names, one a line. */
static void near_names(const struct reply *reply, char *text, size_t size)
{
	size_t used = 0;

	for (size_t at = sizeof(struct hd_symbol); at < reply->size && used + 3 < size; at++) {
		char c = ((const char *)reply->payload)[at];

		if (!c)
			break;
		if (c != '\n') {
			text[used++] = c;
		} else if (at + 1 < reply->size) {
			text[used++] = ',';
			text[used++] = ' ';
		}
	}
	text[used] = 0;
}

int symbol_address(struct session *session, const char *name, uint64_t *address, char *reason, size_t reason_size)
{
	struct hd_symbol symbol;
	struct reply reply;
	char near[512];
	int error;

	if (!strncmp(name, WINDOWS_KERNEL, strlen(WINDOWS_KERNEL))) {
		snprintf(reason, reason_size, "the kernel is called vmlinux here: vmlinux!%s",
			 name + strlen(WINDOWS_KERNEL));
		return -1;
	}
	if (!session->attached) {
		snprintf(reason, reason_size, "there is no debuggee to ask for the symbol %s", name);
		return -1;
	}
	error = session_request(session, HD_SYMBOL_ADDRESS, name, strlen(name), NULL, 0, &reply);
	if (error) {
		error_text(error, session->reply_detail, reason, reason_size);
		return -1;
	}
	if (reply.size < sizeof(symbol)) {
		snprintf(reason, reason_size, "there is no symbol %s", name);
		return -1;
	}
	memcpy(&symbol, reply.payload, sizeof(symbol));
	if (symbol.address) {
		*address = symbol.address;
		return 0;
	}
	near_names(&reply, near, sizeof(near));
	snprintf(reason, reason_size, "there is no symbol %s%s%s", name, near[0] ? "; near it: " : "", near);
	return -1;
}

bool symbol_name(struct session *session, uint64_t address, char *name, size_t size, uint64_t *offset)
{
	struct hd_symbol symbol = { .address = address };
	struct reply reply;
	size_t length;

	/* The kernel's half only: user programs have no names without `.sym load`. */
	if (!(address >> 63) || !session->attached)
		return false;
	if (session_request(session, HD_SYMBOL_NAME, &symbol, sizeof(symbol), NULL, 0, &reply))
		return false;
	if (reply.size <= sizeof(symbol))
		return false;
	memcpy(&symbol, reply.payload, sizeof(symbol));
	if (!symbol.address || symbol.offset > NEAR)
		return false;
	length = reply.size - sizeof(symbol);
	if (length >= size)
		length = size - 1;
	memcpy(name, (const char *)reply.payload + sizeof(symbol), length);
	name[length] = 0;
	*offset = symbol.offset;
	return name[0] != 0;
}
