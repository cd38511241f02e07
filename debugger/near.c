// SPDX-License-Identifier: GPL-2.0
#include "debugger/near.h"

#include <string.h>

#define LONGEST 31

static unsigned int smallest(unsigned int a, unsigned int b, unsigned int c)
{
	unsigned int least = a < b ? a : b;

	return least < c ? least : c;
}

unsigned int near_distance(const char *a, size_t a_length, const char *b)
{
	unsigned int row[LONGEST + 1];
	size_t b_length = strlen(b);

	if (a_length > LONGEST || b_length > LONGEST)
		return LONGEST;
	for (unsigned int j = 0; j <= b_length; j++)
		row[j] = j;
	for (unsigned int i = 1; i <= a_length; i++) {
		unsigned int diagonal = row[0];

		row[0] = i;
		for (unsigned int j = 1; j <= b_length; j++) {
			unsigned int above = row[j];

			row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[b_length];
}
