#include "net/site.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace loiter::net {
namespace {

struct Document {
  const char* name;
  int pages;
};
// Of sizes so different that their downloads end in another order than they began.
constexpr Document documents[] = {{"f1040", 80}, {"f1040es", 12}, {"f1040sb", 40}, {"f4868", 25}, {"fw4", 5}};

std::string page_text(const std::string& name, int page) {
  std::string text = fmt::format("BT /F1 24 Tf 72 720 Td ({}.pdf, page {}) Tj ET\n", name, page);
  // A page of ruled lines, each with its own text, so that every page has bytes of its own.
  for (int line = 0; line < 60; ++line) {
    text += fmt::format("BT /F1 9 Tf 72 {} Td (line {} of page {} of {}) Tj ET\n", 700 - 11 * line, line, page, name);
  }
  return text;
}

// A PDF file of the simplest kind: a catalogue, pages, one font, and a table of where each object begins.
std::string pdf_of(const std::string& name, int pages) {
  std::string pdf = "%PDF-1.4\n";
  std::vector<std::size_t> begins;
  const auto add_object = [&](const std::string& content) {
    begins.push_back(pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", begins.size(), content);
  };
  constexpr int first_page = 4;  // after catalogue, pages and font; a page and its content take turns
  std::string kids;
  for (int page = 0; page < pages; ++page) kids += fmt::format("{} 0 R ", first_page + 2 * page);
  add_object("<< /Type /Catalog /Pages 2 0 R >>");
  add_object(fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages));
  add_object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (int page = 0; page < pages; ++page) {
    add_object(
        fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R "
                    "/Resources << /Font << /F1 3 0 R >> >> >>",
                    first_page + 2 * page + 1));
    const std::string text = page_text(name, page + 1);
    add_object(fmt::format("<< /Length {} >>\nstream\n{}endstream", text.size(), text));
  }
  const std::size_t table = pdf.size();
  pdf += fmt::format("xref\n0 {}\n0000000000 65535 f \n", begins.size() + 1);
  for (const std::size_t begin : begins) pdf += fmt::format("{:010} 00000 n \n", begin);
  pdf += fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", begins.size() + 1, table);
  return pdf;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

const std::vector<std::string>& document_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Document& document : documents) all.emplace_back(document.name);
    return all;
  }();
  return names;
}

Site Site::load(const std::string& flags_folder) {
  Site site;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(flags_folder, error)) {
    const std::string code = entry.path().stem().string();
    if (entry.path().extension() != ".gif" || code.size() != 2) continue;  // others are no countries
    site.add(fmt::format("/flags/{0}/{0}.gif", code), {"image/gif", bytes_of(entry.path())});
    ++site.m_flags;
  }
  for (const Document& document : documents) {
    site.add(fmt::format("/documents/{}.pdf", document.name),
             {"application/pdf", pdf_of(document.name, document.pages)});
  }
  std::string listing;
  for (const auto& [path, file] : site.m_files) listing += path + "\n";
  site.add("/", {"text/plain; charset=utf-8", std::move(listing)});
  return site;
}

const File* Site::find(std::string_view path) const {
  const auto found = m_files.find(path);
  return found == m_files.end() ? nullptr : &found->second;
}

void Site::add(const std::string& path, File file) { m_files.emplace(path, std::move(file)); }

}  // namespace loiter::net
