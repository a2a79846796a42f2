import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Asks veraPDF's engine whether PDF files keep a standard: {@code java Vera.java PROFILE... -- FILE...}, where a
 * profile is the name of one that the engine's jar carries, such as {@code PDFUA-1}. One line per file and profile;
 * exit status 1 when one does not keep it, 2 when one could not be read.
 */
public final class Vera {
    private static final int RULES_SHOWN = 10;

    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        int split = java.util.Arrays.asList(arguments).indexOf("--");
        int status = 0;
        for (int p = 0; p < split; p++) {
            ValidationProfile profile = profile(arguments[p]);
            for (int f = split + 1; f < arguments.length; f++) {
                status = Math.max(status, check(arguments[p], profile, Path.of(arguments[f])));
            }
        }
        System.exit(split < 1 || split + 1 == arguments.length ? 2 : status);
    }

    private static ValidationProfile profile(String name) throws Exception {
        try (InputStream xml = Vera.class.getClassLoader().getResourceAsStream("org/verapdf/pdfa/validation/" + name + ".xml")) {
            if (xml == null) {
                throw new IOException("the engine has no profile " + name);
            }
            return Profiles.profileFromXml(new ByteArrayInputStream(xml.readAllBytes()));
        }
    }

    private static int check(String name, ValidationProfile profile, Path file) {
        try (var parser = Foundries.defaultInstance().createParser(
                        new ByteArrayInputStream(Files.readAllBytes(file)), profile.getPDFAFlavour());
                var validator = Foundries.defaultInstance().createValidator(profile, false)) {
            var result = validator.validate(parser);
            System.out.printf("%s %s compliant=%b assertions=%d%n", file, name, result.isCompliant(), result.getTotalAssertions());
            result.getFailedChecks().entrySet().stream().limit(RULES_SHOWN).forEach(failed ->
                    System.out.printf("    rule %s-%d failed %d times%n",
                            failed.getKey().getClause(), failed.getKey().getTestNumber(), failed.getValue()));
            return result.isCompliant() ? 0 : 1;
        } catch (Exception unreadable) {
            System.out.printf("%s %s could not be read: %s%n", file, name, unreadable);
            return 2;
        }
    }
}
