package org.ringdown.gateway;

import ch.qos.logback.classic.LoggerContext;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.ringdown.gateway.command.UsageException;
import org.ringdown.gateway.config.DemoUsers;
import org.ringdown.gateway.config.GatewayConfig;
import org.ringdown.gateway.config.GatewayConfig.User;
import org.ringdown.gateway.config.reader.ConfigLoader;
import org.ringdown.gateway.config.yaml.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * The command: {@code ringdown [--config FILE] [--check] [--route FROM NUMBER] [--help]
 * [--version]}. Runs until it is told to stop. Exit status 0 after an orderly end, 1 if a port
 * cannot be had or a number asked about leads nowhere, 2 for a mistake in the command line or the
 * configuration.
 */
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final int CANNOT_START = 1;
  private static final int LEADS_NOWHERE = 1;
  private static final int BAD_CONFIGURATION = 2;
  private static final String HELP =
      """
      Usage: ringdown [--config FILE] [--check] [--route FROM NUMBER]
        --config FILE   read the settings from FILE (see conf/gateway.yaml);
                        without it the built-in ones, on this machine only
        --check         read the settings, say what is wrong with them, and stop
        --route FROM NUMBER
                        say where a call would go and what each rule makes of
                        it, and stop; FROM is a user's name, "trunk NAME", or
                        users for any user
        --version       say which version this is
        --help          say this
      """;

  private final PrintStream out;
  private final PrintStream err;

  private Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command. */
  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(Main::broke);
    int status = new Main(System.out, System.err).run(args);
    if (status != 0) {
      writeLog();
      System.exit(status);
    }
  }

  /** Lines wait for a thread of their own, which does not outlive us. */
  private static void writeLog() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.stop();
    }
  }

  /** A library's thread, such as that of a connection; it costs a line, and nobody a trace. */
  private static void broke(Thread thread, Throwable fault) {
    log.error("thread {} ended: {}", thread.getName(), fault.toString());
    log.debug("it was here", fault);
  }

  private int run(String[] args) {
    try {
      CommandLine command = CommandLine.parse(args);
      if (command.help()) {
        out.print(HELP);
        return 0;
      }
      if (command.version()) {
        out.println("Ringdown " + version());
        return 0;
      }
      GatewayConfig config = load(command.config());
      if (command.route().isPresent()) {
        return told(command.route().get().answer(config));
      }
      return command.check() ? checked(config) : serve(config, command.config());
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.print(HELP);
      return BAD_CONFIGURATION;
    } catch (ConfigException e) {
      err.println("The configuration has mistakes; nothing was started.");
      e.problems().forEach(problem -> err.println("  " + problem));
      return BAD_CONFIGURATION;
    }
  }

  private static GatewayConfig load(Optional<Path> file) throws ConfigException {
    return file.isPresent()
        ? ConfigLoader.load(file.get(), System::getenv)
        : GatewayConfig.defaults();
  }

  private int checked(GatewayConfig config) throws ConfigException {
    ImmutableList<String> problems = CertificateFiles.problems(config);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    out.println("The configuration is in order.");
    return 0;
  }

  private int told(RouteQuestion.Answer answer) {
    out.println(answer.text());
    return answer.leads() ? 0 : LEADS_NOWHERE;
  }

  private int serve(GatewayConfig config, Optional<Path> file) {
    ImmutableList<String> faults = Ports.faults(config);
    if (!faults.isEmpty()) {
      err.println("Cannot start; these ports cannot be had:");
      faults.forEach(fault -> err.println("  " + fault));
      err.println("End the program that has them, or set others (conf/gateway.yaml, --config).");
      return CANNOT_START;
    }
    ImmutableMap<String, User> users =
        config.hasDemoUsers() ? DemoUsers.create(new SecureRandom()) : config.users();
    CountDownLatch closed = new CountDownLatch(1);
    try {
      Gateway gateway = Gateway.start(config, users, version(), directory(file));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    gateway.close();
                    writeLog();
                    closed.countDown();
                  },
                  "shutdown"));
      file.ifPresent(path -> follow(gateway, path, config));
      out.print(new Banner(config, users, gateway).text());
      closed.await();
      return 0;
    } catch (IOException e) {
      err.println("Cannot start: " + e.getMessage());
      return CANNOT_START;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CANNOT_START;
    }
  }

  /** Where the configuration is, or where we are. */
  private static Path directory(Optional<Path> file) {
    return file.map(Path::toAbsolutePath)
        .flatMap(path -> Optional.ofNullable(path.getParent()))
        .orElse(Path.of(""));
  }

  /** In a terminal SIGHUP means that the terminal was closed, and ends the program as ever. */
  private static void follow(Gateway gateway, Path file, GatewayConfig config) {
    gateway.follow(file, config);
    if (System.console() == null) {
      try {
        Signal.handle(new Signal("HUP"), hangup -> gateway.reload());
      } catch (IllegalArgumentException e) {
        log.debug("SIGHUP is not ours", e);
      }
    }
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
