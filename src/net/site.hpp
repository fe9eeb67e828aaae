// Site: the files that the local server has: flags, documents, and a list of them.
//
//   /                            a listing, one path to a line
//   /flags/cc/cc.gif             the flags of the countries of the world, 16 by 11 pixels
//   /documents/NAME.pdf          PDF files of some 20 to 300 kB, generated
//
// Shape    All in memory, found by the exact path: no path can lead out of it.
// Errors   load() without the flags' folder gives a site without flags; flags_are_missing() says so.
// Threads  Constant once made.
// Source   The flags: famfamfam.com, by Debian's package famfamfam-flag-gif.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace loiter::net {

struct File {
  std::string content_type;
  std::string bytes;
};

// The documents of the `documents` experiment, without ".pdf".
const std::vector<std::string>& document_names();

class Site {
 public:
  // With the flags of this folder, "cn.gif" and so on; usually that of the Debian package.
  static Site load(const std::string& flags_folder = "/usr/share/flags/countries/16x11");

  // Null: there is no such file.
  const File* find(std::string_view path) const;
  bool flags_are_missing() const { return m_flags == 0; }
  std::size_t size() const { return m_files.size(); }

 private:
  void add(const std::string& path, File file);

  std::map<std::string, File, std::less<>> m_files;
  std::size_t m_flags = 0;
};

}  // namespace loiter::net
