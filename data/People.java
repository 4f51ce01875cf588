package data;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import net.datafaker.Faker;

// Datafaker makes up names and streets; asked only when a database is generated.
//DEPS net.datafaker:datafaker:2.7.0

/// Passengers and employees: made-up people who live near real airports.
final class People {
    private static final List<String> DEPARTMENTS =
            List.of("Accounting", "Airfield", "Logistics", "Management", "Marketing");
    private static final List<String> MAIL = List.of("example.com", "example.net", "example.org"); // nobody's: RFC 2606
    private static final String TELEPHONE = "(###) 555-01##"; // nobody's either: kept for fiction in North America
    private static final Pattern NO_LETTER = Pattern.compile("[^A-Za-z.]");

    private final Faker faker;
    private final SplittableRandom random;

    private record Person(String firstname, String lastname, String birthdate, String sex, String street, int zip,
            String emailaddress, String telephoneno) {}

    People(SplittableRandom random) {
        this.random = random;
        faker = new Faker(Locale.ENGLISH, new Random(random.nextLong()));
    }

    /// Writes a passenger for each home, ids from 1 on.
    void writePassengers(List<Airport> homes, Table passenger, Table details) throws SQLException {
        int id = 0;
        for (Airport home : homes) {
            Person p = person();
            passenger.add(++id, "P" + (103_010 + id), p.firstname, p.lastname);
            details.add(id, p.birthdate, p.sex, p.street, home.city(), p.zip, home.country(), p.emailaddress,
                    p.telephoneno);
        }
    }

    void writeEmployees(List<Airport> homes, Table employee) throws SQLException {
        int id = 0;
        for (Airport home : homes) {
            Person p = person();
            double salary = StrictMath.round(100 * (1_200 + 3_800 * random.nextDouble())) / 100.0;
            employee.add(++id, p.firstname, p.lastname, p.birthdate, p.sex, p.street, home.city(), p.zip,
                    home.country(), p.emailaddress, p.telephoneno, salary,
                    DEPARTMENTS.get(random.nextInt(DEPARTMENTS.size())), p.firstname + id,
                    "%016x%016x".formatted(random.nextLong(), random.nextLong()));
        }
    }

    private Person person() {
        boolean female = random.nextBoolean();
        String firstname = female ? faker.name().femaleFirstName() : faker.name().maleFirstName();
        String lastname = faker.name().lastName();
        LocalDate born = Period.EPOCH.minusDays(18 * 365 + random.nextInt(65 * 365));
        String name = NO_LETTER.matcher(firstname + "." + lastname).replaceAll("").toLowerCase(Locale.ROOT);
        String mail = name + "@" + MAIL.get(random.nextInt(MAIL.size()));
        return new Person(firstname, lastname, born.toString(), female ? "f" : "m",
                1 + random.nextInt(999) + " " + faker.address().streetName(), 1_000 + random.nextInt(9_000), mail,
                faker.numerify(TELEPHONE));
    }
}
