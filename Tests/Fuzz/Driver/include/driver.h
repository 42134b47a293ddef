#pragma once
#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer (https://llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a library"), which is linked where
/// the program is built with `-sanitize=fuzzer`.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*take)(const uint8_t *bytes, size_t count));

/// What is allocated between these two is not looked at for leaks (sanitizer/lsan_interface.h).
void __lsan_disable(void);
void __lsan_enable(void);
