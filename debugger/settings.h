/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DEBUGGER_SETTINGS_H
#define DEBUGGER_SETTINGS_H

#include <stdint.h>

/* Instructions a script may execute when it runs in the debugger itself. */
uint64_t setting_budget(void);

#endif
