/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Inside the compiler. Text becomes tokens (lexer.c), tokens a typed tree
 * (parse_*.c, which build nodes through tree.c and fold constants on the way),
 * the tree instructions (generate*.c), and these a program (program.c).
 *
 * Everything is allocated from one arena that ends with the compilation. An
 * error is reported once and leaves the current statement by longjmp, so the
 * functions below never return half-made nodes.
 */
#ifndef SCRIPT_COMPILER_H
#define SCRIPT_COMPILER_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/script_builtins.h"
#include "script/compile.h"
#include "script/registers.h"

/* ---- tokens ---- */

enum token_kind {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_FLOAT,
	TOKEN_STRING,
	TOKEN_WIDE_STRING,
	TOKEN_CHARACTER,
	TOKEN_WORD,	  /* a name, or digits that begin with a letter: `face` (is_hex) */
	TOKEN_SYMBOL,	  /* module!name */
	TOKEN_REGISTER,	  /* @name, text without the @ */
	TOKEN_PSEUDO,	  /* $name, text without the $ */
	TOKEN_OCCURRENCE, /* #name, text without the # */
	TOKEN_PUNCTUATION,
	TOKEN_ERROR /* reported when the parser reaches it */
};

struct source_file {
	const char *name; /* "" for the text itself, unless the caller named it */
	uint16_t number; /* in the order of appearance */
	const char *text;
};

struct token {
	enum token_kind kind;
	const struct source_file *file;
	uint32_t line, column;
	uint32_t offset;	/* of its first byte in the file's text */
	uint32_t end;		/* one behind its last byte */
	const char *text;	/* words, names, punctuation; the message of an error */
	uint64_t value;		/* numbers, characters, hexadecimal words; the pattern of a float */
	bool is_hex;		/* a word that is a number unless a declaration made it a name */
	bool is_single;		/* 1.5f */
	bool touches;		/* no blank before it */
	const uint8_t *bytes;	/* strings: with the final NUL (two bytes if wide) */
	uint32_t length;	/* of bytes, with the NUL */
};

/* ---- types ---- */

enum type_kind {
	TYPE_VOID,
	TYPE_BOOL,
	TYPE_INTEGER,
	TYPE_FLOAT, /* float and double, by size */
	TYPE_POINTER,
	TYPE_ARRAY,
	TYPE_STRUCT,
	/*
	 * The untyped numbers of the language: 64 bits, divided and shifted
	 * unsigned. In comparisons `machine` ones (literals, registers, what is
	 * computed from them alone) are signed, the others and any mix unsigned.
	 */
	TYPE_WORD
};

struct member {
	struct member *next;
	const char *name;
	const struct type *type;
	uint32_t offset;
};

struct type {
	enum type_kind kind;
	uint32_t size, align;
	bool is_unsigned;
	bool machine;		 /* TYPE_WORD */
	bool complete;		 /* structs and arrays: the size is known */
	const char *name;	 /* structs */
	const struct type *base; /* pointers and arrays */
	uint32_t count;		 /* arrays */
	struct member *members;	 /* structs */
};

extern const struct type type_void, type_bool, type_char, type_uchar, type_short, type_ushort, type_int, type_uint,
	type_long, type_ulong, type_float, type_double, type_word, type_machine;

/* ---- symbols ---- */

enum symbol_kind { SYMBOL_VARIABLE, SYMBOL_TYPEDEF, SYMBOL_STRUCT };

struct symbol {
	struct symbol *next; /* in its scope */
	enum symbol_kind kind;
	const char *name;
	const struct type *type;
	/* variables */
	struct symbol *next_local; /* of the function, in order of appearance */
	bool in_memory;		   /* aggregate, or its address is taken */
	bool zero_on_entry;	   /* an untyped variable that may be read before it is set */
	bool is_parameter;
	bool is_copied;		   /* a struct parameter: arrives as an address */
	bool escapes;		   /* an aggregate that is used as more than its members one by one */
	struct field *fields;	   /* prepare.c: the registers that stand for the members */
	int reg;		   /* if not in memory */
	uint32_t offset;	   /* in local memory */
};

/* A member (or element) that lives in a register of its own. */
struct field {
	struct field *next;
	uint32_t offset;
	const struct type *type;
	int reg;
};

/* What a loop needs in a register, loaded when the function begins: a constant, or $buffer. */
struct hoisted {
	struct hoisted *next;
	uint64_t value;
	bool is_pseudo;
	int reg;
};

struct parameter {
	struct parameter *next;
	struct symbol *symbol;
	const struct type *type;
};

struct function {
	struct function *next;
	const char *name;
	const struct token *token;
	const struct type *result;
	struct parameter *parameters;
	unsigned int parameter_count;
	struct symbol *locals, **locals_end;
	struct hoisted *hoisted;
	struct node *body; /* NULL: declared only */
	unsigned int index;
	bool called;
};

/* A name whose declaration or first assignment had an error: its uses say nothing more. */
struct broken_name {
	struct broken_name *next;
	const char *name;
};

struct scope {
	struct scope *outer;
	struct symbol *symbols;
	bool is_function; /* variables are not looked up beyond */
};

/* ---- the tree ---- */

enum node_kind {
	/* expressions */
	NODE_NUMBER,	 /* value */
	NODE_FLOAT,	 /* value: a pattern as wide as the type */
	NODE_STRING,	 /* value: offset in the program's data */
	NODE_VARIABLE,	 /* symbol */
	NODE_GLOBAL,	 /* value: index of the name */
	NODE_OCCURRENCE, /* value: index of the name */
	NODE_REGISTER,	 /* reg, shift, width */
	NODE_PSEUDO,	 /* value: enum hd_pseudo_register */
	NODE_MEMORY,	 /* what left + value points at */
	NODE_ADDRESS,	 /* of left: a variable or a global */
	NODE_BINARY,	 /* op: left op right, operands already of one type */
	NODE_COMPARE,	 /* op */
	NODE_AND,
	NODE_OR,
	NODE_NOT,	 /* logical */
	NODE_NEGATE,
	NODE_COMPLEMENT,
	NODE_CONVERT,	 /* left to type */
	NODE_CONDITIONAL, /* left ? right : third */
	NODE_COMMA,
	NODE_ASSIGN,	 /* left = right */
	NODE_UPDATE,	 /* left = third, a tree over init, which stands for left's old value; gives that if is_postfix */
	NODE_OLD,	 /* the old value of an update; the generator sets reg_number */
	NODE_CALL,	 /* function, arguments from list */
	NODE_BUILTIN,	 /* value: enum script_builtin; arguments from list; width */
	NODE_PRINT,	 /* value: first piece, count; arguments from list */
	/* statements */
	NODE_EXPRESSION, /* left */
	NODE_BLOCK,	 /* list */
	NODE_IF,	 /* left, right, third */
	NODE_FOR,	 /* init, left, third (step), right (body); also while */
	NODE_DO,	 /* right (body), left */
	NODE_BREAK,
	NODE_CONTINUE,
	NODE_RETURN,	 /* left or NULL */
	NODE_SWITCH,	 /* left, right (body), cases */
	NODE_CASE,	 /* value; is_default */
	NODE_ZERO	 /* left: a variable in memory, or a scalar one, becomes 0 */
};

enum operation {
	OPERATION_ADD,
	OPERATION_SUBTRACT,
	OPERATION_MULTIPLY,
	OPERATION_DIVIDE,
	OPERATION_MODULO,
	OPERATION_AND,
	OPERATION_OR,
	OPERATION_XOR,
	OPERATION_SHIFT_LEFT,
	OPERATION_SHIFT_RIGHT,
	OPERATION_EQUAL,
	OPERATION_NOT_EQUAL,
	OPERATION_LESS,
	OPERATION_LESS_EQUAL,
	OPERATION_GREATER,
	OPERATION_GREATER_EQUAL
};

struct label;

struct node {
	enum node_kind kind;
	const struct type *type;
	const struct token *token;
	struct node *left, *right, *third, *init;
	struct node *list, *next; /* statements of a block, arguments of a call */
	struct node *cases;	  /* NODE_SWITCH: the first of its cases; NODE_CASE: the next one */
	uint64_t value;
	uint32_t count;
	struct symbol *symbol;
	struct function *function;
	enum operation op;
	const struct script_register *reg;
	int reg_number;		  /* NODE_OLD */
	uint8_t width;
	bool is_postfix, is_default;
	bool is_unknown; /* a name already reported: say nothing more about it */
	struct label *label; /* NODE_CASE */
};

/* ---- the compilation ---- */

struct name_table {
	const char *names[HD_PROGRAM_MAX_NAMES];
	unsigned int count;
};

/* A growing array of bytes or records. */
struct buffer {
	uint8_t *bytes;
	size_t used, size;
};

struct compiler {
	const struct script_compile_options *options;
	struct script_diagnostics *diagnostics;
	struct arena_block *arena;
	size_t arena_total;
	struct token *tokens; /* of the whole source, includes spliced in, TOKEN_END last */
	size_t token_count, token_size;
	size_t at;	      /* the current one */
	bool is_prefix;	      /* a number in a command: what follows it may be anything */
	unsigned int include_depth;
	const struct source_file *files[SCRIPT_MAX_FILES];
	unsigned int file_count;
	jmp_buf *recover;     /* where an error goes */
	unsigned int depth;   /* of nested expressions and statements */
	unsigned int operators; /* in the current statement */
	struct scope *scope;
	struct broken_name *broken;
	struct function *functions, **functions_end, *function;
	unsigned int function_count;
	unsigned int loop_depth, break_depth; /* what continue and break may leave */
	struct node *current_switch, **next_case;
	unsigned int conditional; /* depth of statements that may be skipped or repeated */
	struct name_table globals, occurrences;
	struct buffer data, pieces; /* string literals; struct hd_program_piece */
};

/* arena.c */
void *arena_allocate(struct compiler *compiler, size_t size); /* zeroed */
char *arena_string(struct compiler *compiler, const char *text, size_t length);
void arena_release(struct compiler *compiler);
void *buffer_add(struct buffer *buffer, const void *record, size_t size);

/* diagnostics.c */
void report(struct compiler *compiler, const struct token *token, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
_Noreturn void fail(struct compiler *compiler, const struct token *token, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
_Noreturn void give_up(struct compiler *compiler);
/* How a message names a token: `text`, or "the end". */
const char *token_name(struct compiler *compiler, const struct token *token);

/* lexer.c */
void lex(struct compiler *compiler, const struct source_file *file);
/* A copy of the text, numbered; NULL if there are too many. */
const struct source_file *add_file(struct compiler *compiler, const char *name, const char *text);

/* parse.c: the token cursor and statements */
const struct token *current(struct compiler *compiler);
const struct token *advance(struct compiler *compiler);
bool is_next(struct compiler *compiler, const char *punctuation_or_keyword);
bool accept(struct compiler *compiler, const char *punctuation_or_keyword);
const struct token *expect(struct compiler *compiler, const char *punctuation, const char *where);
void enter(struct compiler *compiler); /* one level deeper, or fails */
void leave(struct compiler *compiler);
void count_operator(struct compiler *compiler, const struct token *token); /* or fails: too many in a statement */
void parse_program(struct compiler *compiler);
struct node *parse_block(struct compiler *compiler);
bool is_keyword(const char *word);

/* parse_expression.c */
struct node *parse_expression(struct compiler *compiler);  /* with commas */
struct node *parse_assignment(struct compiler *compiler);  /* without */
struct node *parse_conditional(struct compiler *compiler); /* no assignment at its top */
uint64_t parse_constant(struct compiler *compiler, const char *what);

/* parse_call.c */
struct node *parse_function_call(struct compiler *compiler, const struct token *name, struct function *function);
/* A call of a built-in, printf or a keyword such as poi; NULL if the name is none of these. */
struct node *parse_builtin_call(struct compiler *compiler, const struct token *name);
bool is_builtin_name(const char *name);
/* The string at the cursor, joined with those that follow it; its place in the program's data. */
struct node *parse_string(struct compiler *compiler);

/* parse_type.c */
#define MAX_TYPE_BYTES 65536u
bool is_type_next(struct compiler *compiler);
const struct type *parse_type_name(struct compiler *compiler); /* int *, struct x … */
/* What all declarators of a declaration share: int, struct x { … }. */
const struct type *parse_specifiers(struct compiler *compiler);
const struct type *parse_pointers(struct compiler *compiler, const struct type *type);
/* [n][m]…; the first may be left out, which *open_array says. */
const struct type *parse_dimensions(struct compiler *compiler, const struct type *type, bool *open_array);
const struct type *parse_declarator(struct compiler *compiler, const struct type *type, const struct token **name,
				    bool *open_array);
/* Refuse what no variable can be, and what is too large. */
void check_object(struct compiler *compiler, const struct token *token, const struct type *type);
void check_size(struct compiler *compiler, const struct token *token, uint64_t size);

/* parse_declaration.c */
/* A declaration of variables, a typedef, a struct, or a function; NULL if it yields no code. */
struct node *parse_declaration(struct compiler *compiler);

/* scope.c */
void scope_open(struct compiler *compiler, bool is_function);
void scope_close(struct compiler *compiler);
struct symbol *find_symbol(struct compiler *compiler, enum symbol_kind kind, const char *name);
struct symbol *find_symbol_here(struct compiler *compiler, enum symbol_kind kind, const char *name);
struct symbol *add_symbol(struct compiler *compiler, enum symbol_kind kind, const char *name, const struct type *type);
struct symbol *add_untyped(struct compiler *compiler, const char *name);
/* Leaves the statement silently if an error was said about this name before. */
void refuse_broken(struct compiler *compiler, const char *name);
void note_broken(struct compiler *compiler, const char *name);
struct function *find_function(struct compiler *compiler, const char *name);
unsigned int name_index(struct compiler *compiler, struct name_table *table, const struct token *token);

/* types.c */
const struct type *pointer_to(struct compiler *compiler, const struct type *base);
const struct type *array_of(struct compiler *compiler, const struct type *base, uint32_t count, bool complete);
const char *type_name(struct compiler *compiler, const struct type *type);
bool same_type(const struct type *a, const struct type *b);
const struct type *promoted(const struct type *type);
/* The common type of two arithmetic operands. */
const struct type *common_type(const struct node *left, const struct node *right, bool comparing);
static inline bool is_integer(const struct type *t)
{
	return t->kind == TYPE_INTEGER || t->kind == TYPE_BOOL || t->kind == TYPE_WORD;
}
static inline bool is_arithmetic(const struct type *t)
{
	return is_integer(t) || t->kind == TYPE_FLOAT;
}
static inline bool is_scalar(const struct type *t)
{
	return is_arithmetic(t) || t->kind == TYPE_POINTER;
}
static inline bool is_aggregate(const struct type *t)
{
	return t->kind == TYPE_ARRAY || t->kind == TYPE_STRUCT;
}

/* fold.c: what becomes of a double (a pattern) as a float */
bool float_is_large(uint64_t pattern); /* infinite */
bool float_is_lost(uint64_t pattern);  /* infinite, or 0, and was not */

/* tree.c: nodes with their types */
struct node *new_node(struct compiler *compiler, enum node_kind kind, const struct token *token);
struct node *number_node(struct compiler *compiler, const struct token *token, uint64_t value, const struct type *type);
struct node *variable_node(struct compiler *compiler, const struct token *token, struct symbol *symbol);
struct node *binary_node(struct compiler *compiler, const struct token *token, enum operation op, struct node *left,
			 struct node *right);
struct node *logical_node(struct compiler *compiler, const struct token *token, enum node_kind kind, struct node *left,
			  struct node *right);
struct node *unary_node(struct compiler *compiler, const struct token *token, enum node_kind kind, struct node *operand);
struct node *conditional_node(struct compiler *compiler, const struct token *token, struct node *test,
			      struct node *yes, struct node *no);
struct node *assign_node(struct compiler *compiler, const struct token *token, struct node *left, struct node *right);
struct node *update_node(struct compiler *compiler, const struct token *token, enum operation op, struct node *left,
			 struct node *right, bool is_postfix);
/* As a C cast; `what` names an implicit conversion in messages, NULL for a cast as written. */
struct node *convert(struct compiler *compiler, struct node *node, const struct type *type, const char *what);
/* Arrays become the address of their first element; structs and voids are refused. */
struct node *value_of(struct compiler *compiler, struct node *node);
struct node *condition(struct compiler *compiler, struct node *node);
struct node *address_of(struct compiler *compiler, const struct token *token, struct node *node);
struct node *dereference(struct compiler *compiler, const struct token *token, struct node *node);
struct node *member_node(struct compiler *compiler, const struct token *token, struct node *aggregate,
			 const struct token *name);
/* What `pointer` + offset points at. */
struct node *memory_node(struct compiler *compiler, const struct token *token, struct node *pointer,
			 const struct type *type, uint64_t offset);
bool is_lvalue(const struct node *node);

/* fold.c: constants */
uint64_t normalise(uint64_t value, const struct type *type);
struct node *fold(struct compiler *compiler, struct node *node);

/* prepare.c: finds what can live in registers, before a function is generated */
void prepare_function(struct compiler *compiler, struct function *function);
struct field *find_field(const struct node *memory);

/* generate.c */
struct script_program *generate_program(struct compiler *compiler);



#endif
