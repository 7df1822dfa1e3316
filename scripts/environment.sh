# shellcheck shell=bash
# Sourced by the other scripts: finds a JDK and installs Debian or Ubuntu packages that are missing.

readonly OLDEST_JDK=17

say() {
  printf '%s\n' "$*" >&2
}

die() {
  say "$*"
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -- "$@"
  else
    die "Neither root nor sudo: please have an administrator run: $*"
  fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
}

# Runs a command silently; what it said is shown only if it fails.
quietly() {
  local log
  log=$(mktemp)
  if ("$@") >"$log" 2>&1 </dev/null; then
    rm -f "$log"
  else
    cat "$log" >&2
    rm -f "$log"
    die "Failed: $*"
  fi
}

lists_are_fresh=false

# Fetches the lists of packages, once.
refresh_package_lists() {
  command -v apt-get >/dev/null || die "No apt-get here. Please install by hand: $*"
  if ! $lists_are_fresh; then
    quietly apt_get update
    lists_are_fresh=true
  fi
}

has_package() {
  apt-cache show "$1" >/dev/null 2>&1
}

# Installs packages by name, without those they merely recommend.
install_packages() {
  refresh_package_lists "$@"
  say "Installing $* ..."
  quietly apt_get install --no-install-recommends "$@"
}

# The feature version of the JDK in a directory, 0 if there is no whole JDK.
jdk_version() {
  local version
  version=$("$1/bin/javac" -version 2>&1) || version=
  version=${version#javac }
  version=${version%%[.-]*}
  case $version in
    '' | *[!0-9]*) echo 0 ;;
    *) echo "$version" ;;
  esac
}

# Prints the home of a usable JDK: JAVA_HOME, the one on the PATH, then those of the distribution.
find_jdk() {
  local home on_path=""
  if command -v javac >/dev/null; then
    on_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  fi
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*; do
    if [ -n "$home" ] && [ "$(jdk_version "$home")" -ge "$OLDEST_JDK" ]; then
      echo "$home"
      return
    fi
  done
  return 1
}

# Makes sure of a JDK and of Maven, and exports JAVA_HOME.
ensure_build_tools() {
  local missing=()
  if ! find_jdk >/dev/null; then
    refresh_package_lists "a JDK of at least $OLDEST_JDK"
    if has_package openjdk-17-jdk-headless; then
      missing+=(openjdk-17-jdk-headless)
    else
      missing+=(default-jdk-headless)
    fi
  fi
  command -v mvn >/dev/null || missing+=(maven)
  if [ "${#missing[@]}" -gt 0 ]; then
    install_packages "${missing[@]}"
  fi
  JAVA_HOME=$(find_jdk) || die "No JDK of at least $OLDEST_JDK found. Please install one."
  export JAVA_HOME
}

# The program; $root is set by the script that sources this.
# shellcheck disable=SC2154
readonly jar=$root/gateway/target/ringdown.jar

# What the Java machine is told when it runs the gateway.
# shellcheck disable=SC2034,SC2154
readonly java_options=$root/gateway/src/main/resources/org/ringdown/gateway/java-options

# Its classes as the Java machine likes to read them; see share_classes.
# shellcheck disable=SC2034
readonly sharing=("-XX:SharedArchiveFile=${jar%.jar}.jsa" '-Xlog:cds*=off')

# Directories count too: one changes when a file in it is deleted.
is_built() {
  [ -f "$jar" ] && [ -z "$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main \
    -newer "$jar" -print -quit)" ]
}

build() {
  ensure_build_tools
  say "Building Ringdown; the first time takes a few minutes ..."
  (cd "$root" && quietly mvn -B -ntp -q -Dfast -DskipTests package)
  touch "$jar" # Maven leaves it alone if only another module has changed
  drop_signatures
  share_classes
}

# Classes of signed jars cannot be shared, are checked one by one, and keep a manifest of thousands of
# entries in memory: without, the program starts with a quarter less work and 40 MiB less. Only Oracle's own
# Java machine wants a provider of cryptography to be signed.
drop_signatures() {
  local library contents
  if grep -qs '^IMPLEMENTOR="Oracle' "$JAVA_HOME/release"; then
    return
  fi
  for library in "${jar%/*}"/lib/bc*.jar; do
    if "$JAVA_HOME/bin/jar" --list --file "$library" | grep -q '^META-INF/[^/]*\.SF$'; then
      contents=$(mktemp -d)
      (
        cd "$contents"
        "$JAVA_HOME/bin/jar" --extract --file "$library"
        rm -f META-INF/*.SF META-INF/*.RSA META-INF/*.DSA
        sed '/^\r*$/,$d' META-INF/MANIFEST.MF >"$contents.manifest" # what is about the jar, not its entries
        echo >>"$contents.manifest"
        "$JAVA_HOME/bin/jar" --create --file "$library" --manifest "$contents.manifest" .
      )
      rm -rf "$contents" "$contents.manifest"
    fi
  done
}

# Notes which classes a few calls need, so that they are read at once from now on: the program starts in
# two thirds of the time. Another JDK, or a jar built otherwise, starts without.
share_classes() {
  RINGDOWN_LOG=error timeout 120 "$JAVA_HOME/bin/java" -XX:ArchiveClassesAtExit="${jar%.jar}.jsa" \
    -cp "$jar" org.ringdown.gateway.testkit.CallTest "$root/scripts/calls/basic" >/dev/null 2>&1 </dev/null ||
    rm -f "${jar%.jar}.jsa"
}

# Makes sure of the program and of a JDK to run it with.
ensure_built() {
  is_built || build
  find_jdk >/dev/null || ensure_build_tools
}
