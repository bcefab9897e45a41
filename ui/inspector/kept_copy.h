// Copies of a message that are written to a file: redacted, signed anew, or as evidence. Files are 0600 and atomic.
#pragma once

#include "ui/inspector/examined.h"

#include <filesystem>

namespace gw::ui {

enum class CopyKind : std::uint8_t { Redacted, Resigned, Evidence };

struct CopyRequest {
    CopyKind kind = CopyKind::Redacted;
    ExaminedPtr examined;
    QString trust;                 // whom the examination believed, in words
    bool withOriginal = false;     // Evidence only: the message itself goes in, too
    std::string salt;              // for pseudonyms; secret enough not to be guessed
    std::filesystem::path path;
};

struct WrittenCopy {
    std::filesystem::path path;
    std::filesystem::path certificate;   // of the throw-away key; empty where there is none
};

// "response-redacted.xml".
[[nodiscard]] QString suggestedName(CopyKind kind, const Examined& examined);
// Evidence as JSON: verdict, findings, digests, and a copy of the message.
[[nodiscard]] std::string evidenceText(const CopyRequest& request);
// Blocks on the disk. Errors: FileError, SafeCopyError.
[[nodiscard]] Result<WrittenCopy> writeCopy(const CopyRequest& request);

} // namespace gw::ui
