// save_file: writes a file so that an existing one is replaced only when the new one is complete.
//
// Shape    `write` fills a stream. The text goes to a nameless file beside the target (a named one where the file system
//          has no such thing), which takes the target's place in one step. What is not a regular file (a pipe, a
//          device) is written to directly; a symbolic link is followed.
// Errors   One sentence that names the file and the reason: a full disk, no permission, a directory, a pipe that nobody
//          reads. SIGPIPE is kept away. What `write` itself reports is passed on with the file's name before it.
// Threads  Any thread; it blocks on the disk.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "base/result.hpp"

namespace loiter {

Result<void> save_file(const std::string& path, const std::function<Result<void>(std::ostream&)>& write);

}  // namespace loiter
