/* SPDX-License-Identifier: GPL-2.0 */
/* cmocka.h wants these before it. */
#ifndef TESTS_UNIT_CMOCKA_INCLUDES_H
#define TESTS_UNIT_CMOCKA_INCLUDES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
