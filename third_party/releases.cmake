# The upstream releases that are fetched when a library is not on this system, each with the hash of its archive.

set(LOITER_RELEASE_Catch2_URL https://github.com/catchorg/Catch2/archive/v3.6.0.tar.gz)
set(LOITER_RELEASE_Catch2_SHA256 485932259a75c7c6b72d4b874242c489ea5155d17efa345eb8cc72159f49f356)
