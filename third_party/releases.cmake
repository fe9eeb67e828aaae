# The upstream releases that are fetched when a library is not on this system, each with the hash of its archive.

# release(NAME URL SHA256)
macro(release name url sha256)
  set(LOITER_RELEASE_${name}_URL ${url})
  set(LOITER_RELEASE_${name}_SHA256 ${sha256})
endmacro()

# The docking flavour of the very release Debian has as 1.92.2b: the same library with docking added, which stays off.
release(imgui https://github.com/ocornut/imgui/archive/v1.92.2b-docking.tar.gz
        f6ad86e6f938fdda4d5e362b9a9b39158963dd3257fdc9902efc148c0c0c39f9)
release(Catch2 https://github.com/catchorg/Catch2/archive/v3.7.1.tar.gz
        c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c)
release(glfw3 https://github.com/glfw/glfw/archive/3.3.8.tar.gz
        f30f42e05f11e5fc62483e513b0488d5bceeab7d9c5da0ffe2252ad81816c713)
release(fmt https://github.com/fmtlib/fmt/archive/9.1.0.tar.gz
        5dea48d1fcddc3ec571ce2058e13910a0d4a6bab4cc09a809d8b1dd1c88ae6f2)
release(tl-expected https://github.com/TartanLlama/expected/archive/refs/tags/v1.1.0.tar.gz
        1db357f46dd2b24447156aaf970c4c40a793ef12a8a9c2ad9e096d9801368df6)
release(nlohmann_json https://github.com/nlohmann/json/archive/v3.11.2.tar.gz
        d69f9deb6a75e2580465c6c4c5111b89c4dc2fa94e3a85fcd2ffcd9a143d9273)
release(tomlplusplus https://github.com/marzer/tomlplusplus/archive/v3.4.0.tar.gz
        8517f65938a4faae9ccf8ebb36631a38c1cadfb5efa85d9a72e15b9e97d25155)
release(CLI11 https://github.com/CLIUtils/CLI11/archive/v2.1.2.tar.gz
        26291377e892ba0e5b4972cdfd4a2ab3bf53af8dac1f4ea8fe0d1376b625c8cb)
release(httplib https://github.com/yhirose/cpp-httplib/archive/v0.15.3.tar.gz
        2121bbf38871bb2aafb5f7f2b9b94705366170909f434428352187cb0216124e)
release(md4c https://github.com/mity/md4c/archive/refs/tags/release-0.4.8.tar.gz
        4a457df853425b6bb6e3457aa1d1a13bccec587a04c38c622b1013a0da41439f)
release(stb https://github.com/nothings/stb/archive/8b5f1f37b5b75829fc72d38e7b5d4bcbf8a26d55.zip
        93a16ee3e866e719feec459f6f132cce932c5ec751eb38e3ec1975f911353d2e)
