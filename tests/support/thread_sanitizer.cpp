// What ThreadSanitizer cannot know, for every test program that is built with it.
//
// An exception's last holder destroys it. libstdc++ counts the holders atomically, inside of libstdc++.so, which is not built
// for ThreadSanitizer: it sees the destruction in one thread and a read in another, and not the count between them.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "race:std::__exception_ptr::exception_ptr::_M_release\n";
}
