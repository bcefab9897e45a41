#include "models/estate/estate_reader.h"

#include "models/estate/folder_walk.h"
#include "models/estate/readers/parse_queue.h"
#include "models/estate/readers/reading.h"
#include "models/estate/saved_estate.h"
#include "saml/base/blanks.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>

namespace gw::estate {
namespace {

namespace fs = std::filesystem;

std::optional<UtcTime> modifiedAt(const fs::path& path) {
    std::error_code failed;
    const auto time = fs::last_write_time(path, failed);
    if (failed) return std::nullopt;
    return UtcTime(std::chrono::floor<UtcTime::Duration>(std::chrono::file_clock::to_sys(time)));
}

// AWS's own policies, which nobody needs to dump.
ControlPolicy awsPolicy(const char* id, bool resource, const char* text) {
    ControlPolicy policy;
    policy.id = id;
    policy.name = std::string(id).substr(2);
    policy.account = "aws";
    policy.resource = resource;
    policy.arn =
        std::string("arn:aws:organizations::aws:policy/") + (resource ? "resource" : "service") + "_control_policy/" + id;
    policy.document.name = policy.name;
    policy.document.arn = policy.arn;
    policy.document.text = text;
    return policy;
}

} // namespace

struct EstateReader::State {
    explicit State(ReadLimits given) : limits(given), reading{parts, {}, {}, {}, {}} {
        reading.addFile = [this](const std::string& path, std::string text, std::optional<UtcTime> modified) {
            addInner(path, std::move(text), modified);
        };
        reading.goesOn = [this] { return goesOn(); };
        // First, so that what a dump tells of them is merged into what is known.
        parts.controlPolicies.push_back(
            awsPolicy("p-FullAWSAccess", false,
                      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})"));
        parts.controlPolicies.push_back(awsPolicy(
            "p-RCPFullAWSAccess", true,
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]})"));
    }

    void tell(Error error) { parts.problems.push_back(std::move(error)); }

    void readFile(const fs::path& path) {
        if (stopped) return;
        std::error_code failed;
        const auto size = fs::file_size(path, failed);
        const std::string name = path.string();
        if (failed) return tell(Error(EstateError::Unreadable).with("file", name));
        if (size > limits.fileBytes || size > limits.totalBytes - read)
            return tell(Error(EstateError::TooLarge)
                            .with("file", name)
                            .with("seen", std::to_string(size))
                            .with("expected", std::to_string(std::min(limits.fileBytes, limits.totalBytes - read))));
        std::string text(static_cast<std::size_t>(size), '\0');
        std::ifstream stream(path, std::ios::binary);
        constexpr std::size_t step = std::size_t{16} << 20U;
        for (std::size_t at = 0; at < text.size(); at += step) {
            if (!goesOn()) return;
            if (!stream.read(text.data() + at, static_cast<std::streamsize>(std::min(step, text.size() - at))))
                return tell(Error(EstateError::Unreadable).with("file", name));
        }
        addText(name, std::move(text), modifiedAt(path));
    }

    // A file that lies in another.
    void addInner(const std::string& path, std::string text, std::optional<UtcTime> modified) {
        if (text.size() > limits.fileBytes || text.size() > limits.totalBytes - read)
            return tell(Error(EstateError::TooLarge)
                            .with("file", path)
                            .with("seen", std::to_string(text.size()))
                            .with("expected", std::to_string(std::min(limits.fileBytes, limits.totalBytes - read))));
        if (++inner > limits.files) {
            if (inner == limits.files + 1) tell(Error(EstateError::TooMany).with("file", path));
            return;
        }
        addText(path, std::move(text), modified);
    }

    void addText(const std::string& path, std::string text, std::optional<UtcTime> modified) {
        inFile = text.size();
        read += inFile;
        if (!goesOn()) return;
        auto file = std::make_shared<SourceFile>(SourceFile{path, {}, modified});
        if (isBlank(text)) return tell(Error(EstateError::Malformed).with("file", path).with("line", "1").with("column", "1").with("seen", "nothing"));
        if (isSavedEstate(text)) {
            queue.drain();
            recognised = true;
            return readSavedEstate(path, text, parts, reading.goesOn);
        }
        if (readRaw({file, text})) {
            recognised = true;
            parts.files.push_back(std::move(file));
            return;
        }
        if (stopped) return;
        parts.files.push_back(file);
        if (text.size() <= PieceSizes().whole) {
            queue.add({file, {std::move(text), {}}, {}});
        } else {
            cutJson(
                text, {},
                [&](JsonPiece piece) {
                    cutOctets += piece.text.size();
                    if (goesOn()) queue.add({file, std::move(piece), {}});
                },
                [&] { return !stopped; });
            cutOctets = 0;
        }
    }

    void parsed(ParseJob job) {
        if (stopped) return;
        Result<policy::SourceTree>& tree = *job.tree;
        if (!tree) return readWhatCanBe(job);
        const DumpFile dump(std::move(*tree), job.file, std::move(job.piece.origin));
        const Node root = dump.root();
        if (job.piece.envelope) return countPages(dump, root);
        // Several pages in one file.
        if (root.value.is(policy::ValueKind::Array) && root.value.size() > 0)
            forEach(root, [&](const Node& each) { readDump(dump, each); });
        else
            readDump(dump, root);
    }

    // Several documents behind each other are each read; of one that is broken, what stands before and after the fault in
    // its lists.
    void readWhatCanBe(const ParseJob& job) {
        std::vector<JsonPiece> documents;
        const auto keep = [&](JsonPiece piece) { documents.push_back(std::move(piece)); };
        if (job.piece.origin.added == 0) cutJson(job.piece.text, {job.piece.text.size(), PieceSizes().list}, keep);
        if (documents.size() > 1) {
            for (JsonPiece& each : documents) {
                if (each.origin.at.line == 1) each.origin.at.column += job.piece.origin.at.column - 1;
                each.origin.at.line += job.piece.origin.at.line - 1;
                ParseJob next{job.file, std::move(each), {}};
                next.tree = policy::SourceTree::parse(next.piece.text);
                parsed(std::move(next));
            }
            return;
        }
        tellMalformed(job);
        documents.clear();
        cutJson(job.piece.text, {0, 0}, keep);
        if (documents.size() < 2) return;
        for (JsonPiece& each : documents) {
            auto tree = policy::SourceTree::parse(each.text);
            if (!tree) continue;
            PieceOrigin origin = job.piece.origin;
            origin.whole = false;
            // Its place is that of its element, its number that within the piece.
            const policy::Position at = each.origin.at;
            const std::uint32_t before = job.piece.origin.added;
            origin.at = at.line == 1 ? policy::Position{origin.at.line, origin.at.column + at.column - 1 - before}
                                     : policy::Position{origin.at.line + at.line - 1, at.column};
            origin.added = each.origin.added;
            origin.list = each.origin.list;
            origin.firstIndex = job.piece.origin.firstIndex + each.origin.firstIndex;
            const DumpFile dump(std::move(*tree), job.file, std::move(origin));
            if (!each.envelope) readDump(dump, dump.root());
        }
    }

    void tellMalformed(const ParseJob& job) {
        const Error& cause = job.tree->error();
        Error error(EstateError::Malformed);
        error.with("file", job.file->path);
        const auto number = [&](std::string_view fact) {
            return static_cast<std::uint32_t>(std::strtoul(std::string(cause.fact(fact)).c_str(), nullptr, 10));
        };
        if (!cause.fact("line").empty()) {
            const PieceOrigin& origin = job.piece.origin;
            policy::Position at{number("line"), number("column")};
            if (at.line == 1) at.column = std::max(at.column, origin.added + 1) - origin.added + origin.at.column - 1;
            at.line += origin.at.line - 1;
            error.with("line", std::to_string(at.line)).with("column", std::to_string(at.column));
        }
        tell(std::move(error).because(cause));
    }

    [[nodiscard]] bool goesOn() {
        if (!stopped && progress && !progress(read - inFile + std::min(cutOctets, inFile))) {
            stopped = true;
            queue.drop();
        }
        return !stopped;
    }

    [[nodiscard]] bool readRaw(const RawFile& file) {
        const auto readers = fileReaders();
        return std::any_of(readers.begin(), readers.end(), [&](FileReader each) { return each(file, reading); });
    }

    void readDump(const DumpFile& dump, const Node& root) {
        if (dump.isWhole()) countPages(dump, root);
        const auto readers = jsonReaders();
        if (std::none_of(readers.begin(), readers.end(), [&](JsonReader each) { return each(dump, root, reading); }))
            tell(dump.problem(EstateError::NotRecognised, root));
        else
            recognised = true;
    }

    // Pages are saved beside each other: one of them must be the last.
    void countPages(const DumpFile& dump, const Node& root) {
        Pages& group = pages[fs::path(dump.path()).parent_path().string() + "\n" + dump.call()];
        if (!hasMorePages(root))
            group.last = true;
        else if (!group.truncated)
            group.truncated = dump.problem(EstateError::Truncated, root);
    }

    void tellTruncated() {
        for (auto& [name, group] : pages)
            if (group.truncated && !group.last) tell(std::move(*group.truncated));
    }

    struct Pages {
        bool last = false;
        std::optional<Error> truncated;
    };
    std::map<std::string, Pages> pages; // by folder and call
    ReadLimits limits;
    EstateParts parts;
    Reading reading;
    std::function<bool(std::size_t)> progress;
    bool stopped = false, recognised = false;
    // Octets of all files, of the one being read, and of its pieces so far; files inside others.
    std::size_t read = 0, inFile = 0, cutOctets = 0, inner = 0;
    ParseQueue queue{[this](ParseJob job) { parsed(std::move(job)); }}; // last: its threads end first
};

EstateReader::EstateReader(ReadLimits limits) : state_(std::make_unique<State>(limits)) {}
EstateReader::~EstateReader() = default;

Status EstateReader::addPath(const fs::path& path) {
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (failed || !fs::exists(status)) return fail(Error(EstateError::Unreadable).with("file", path.string()));
    if (fs::is_directory(status)) {
        for (const fs::path& each : filesBelow(path, state_->limits, state_->parts.problems)) state_->readFile(each);
        return {};
    }
    if (!fs::is_regular_file(status)) return fail(Error(EstateError::Unreadable).with("file", path.string()));
    state_->readFile(path);
    return {};
}

void EstateReader::addText(const std::string& path, std::string text, std::optional<UtcTime> modified) {
    state_->addText(path, std::move(text), modified);
}

bool EstateReader::recognised() {
    state_->queue.drain();
    return state_->recognised;
}

void EstateReader::onProgress(std::function<bool(std::size_t octets)> callback) {
    state_->progress = std::move(callback);
}

std::shared_ptr<const Estate> EstateReader::finish() {
    state_->queue.drain();
    state_->inFile = 0;
    state_->tellTruncated();
    std::shared_ptr<const Estate> estate;
    for (const Finisher each : finishers())
        if (state_->goesOn()) each(state_->reading);
    if (state_->goesOn()) mergeSame(state_->parts);
    if (state_->goesOn()) estate = std::make_shared<const Estate>(std::move(state_->parts));
    state_ = std::make_unique<State>(state_->limits);
    return estate;
}

} // namespace gw::estate
