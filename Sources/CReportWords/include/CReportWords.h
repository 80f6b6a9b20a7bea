#pragma once
#include <stddef.h>

/// The bytes of Specs/forms/report-words.yaml; they are there as long as the program runs.
const unsigned char *_Nonnull report_words(void);
size_t report_words_count(void);
