#include "models/estate/sources/source_readers.h"

#include "models/estate/sources/file_form.h"

namespace gw::estate {

PendingSources& pendingIn(Reading& reading) {
    if (reading.pending == nullptr) reading.pending = std::make_shared<PendingSources>();
    return *reading.pending;
}

Error problemOf(EstateError code, const RawFile& raw) {
    return Error(code).with("file", raw.file->path);
}

bool readUnknown(const RawFile& raw, Reading& into) {
    const FileForm form = formOf(raw.file->path, raw.text);
    if (form == FileForm::Json || form == FileForm::Other) return false;
    into.parts.problems.push_back(problemOf(EstateError::NotRecognised, raw));
    return true;
}

} // namespace gw::estate
