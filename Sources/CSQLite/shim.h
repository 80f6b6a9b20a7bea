#include <sqlite3.h>

/* Calls with a variable number of arguments, which Swift cannot make. */

/* A file from outside can do no more than hold rows: its views and triggers are not trusted, and nothing writes to its tables by way of
   its schema. */
static inline void pingshen_sqlite_distrust(sqlite3 *database) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, (int *)0);
}

/* A text that SQLite copies at once. */
static inline int pingshen_sqlite_bind(sqlite3_stmt *statement, int position, const char *text, int length) {
    return sqlite3_bind_text(statement, position, text, length, SQLITE_TRANSIENT);
}
