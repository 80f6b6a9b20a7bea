#include "CReportWords.h"

// The words that towns copy, by the preprocessor (Docs/Decisions/0161).
static const unsigned char words[] = {
#embed "../../Specs/forms/report-words.yaml"
};

const unsigned char *report_words(void) { return words; }
size_t report_words_count(void) { return sizeof words; }
