//! Whose names are found. A finder that knows the names of some families only protects some children only.
//!
//! The names below were written from general knowledge, as our part of the list was, and by the same hand: they show that no group
//! was forgotten, not how many of all its members are found. That takes a list from outside. Those that are missed are
//! printed and must stay few in every group. Fictional: no surname belongs to its forename.

#![expect(clippy::print_stdout, reason = "which names are missed is for whoever changes the list")]

use super::*;

const GROUPS: [(&str, &str, &str); 9] = [
    (
        "Scotland",
        "Jamie Kirsty Calum Eilidh Fraser Mhairi Craig Lorna Gregor Ailsa Duncan Shona Euan Morag Kenny Isla Struan Rhona \
         Blair Catriona",
        "Macdonald Campbell Robertson Paterson Mackay Sinclair Buchanan Ferguson",
    ),
    (
        "short forms",
        "Davie Cath Liz Tam Rab Maggie Shug Senga Billy Jessie Wullie Peggy Eck Jeannie Stevie Kenny Lexie Robbie Mags \
         Dougie",
        "Macdonald Campbell Robertson Paterson Mackay Sinclair Buchanan Ferguson",
    ),
    (
        "Gaelic",
        "Màiri Seonaidh Iain Catrìona Ruairidh Mòrag Dòmhnall Ceit Alasdair Peigi Coinneach Sìne Tormod Ealasaid Murchadh \
         Oighrig Aonghas Raonaid Calum Anndra",
        "MacLeòid NicDhòmhnaill Macdonald MacAulay MacNeil Morrison Macinnes MacPhee",
    ),
    (
        "Pakistan and India",
        "Shaheena Surinder Mohammed Ayesha Imran Farzana Harpreet Zainab Bilal Nasreen Gurpreet Priya Rukhsana Tariq \
         Jaswinder Sunita Naveed Samina Arjun Kulwinder",
        "Ahmed Kaur Singh Hussain Akhtar Malik Patel Chaudhry",
    ),
    (
        "Poland",
        "Agnieszka Wojciech Małgorzata Krzysztof Zuzanna Paweł Katarzyna Łukasz Oliwia Mateusz Ewa Grzegorz Kacper Weronika \
         Tomasz Jadwiga Szymon Kinga Bartosz Zofia",
        "Kowalska Nowak Wiśniewski Lewandowska Zieliński Wójcik Szymańska Kamiński",
    ),
    (
        "Africa",
        "Oluwaseun Chidi Kwame Ngozi Adebayo Amara Tendai Fatou Kofi Chiamaka Thabo Blessing Akosua Tunde Rudo Ifeoma \
         Mamadou Zanele Emeka Abena",
        "Okafor Mensah Adeyemi Diallo Okonkwo Moyo Owusu Ndlovu",
    ),
    (
        "Arab countries, Iran and Turkey",
        "Fatima Omar Yasmin Khaled Rania Hassan Amina Tariq Zeinab Mahmoud Layla Mustafa Noor Ibrahim Samira Youssef Reza \
         Shirin Emre Ayşe",
        "Haddad Mansour Al-Masri Khalil Hosseini Yılmaz Nasser Rahimi",
    ),
    (
        "China and Vietnam",
        "Xin Mei Jun Xiaoming Ling Hui Jing Zhiwei Yan Ming Thuy Minh Haoran Lan Qiang Yifan Phuong Siu Wing Jiayi",
        "Wang Chen Nguyen Zhang Cheung Wong Huang Tran",
    ),
    (
        "eastern Europe",
        "Oksana Dmytro Ionela Andrei Olena Serhiy Mihai Yulia Volodymyr Daiva Vasile Kateryna Bogdan Iryna Florin Nadezhda \
         Taras Elena Viktor Oleksandr",
        "Shevchenko Popescu Kovalenko Ionescu Petrenko Kazlauskas Bondarenko Dumitru",
    ),
];

/// Sentences as people write them; the name stands in the braces.
const ALONE: [&str; 4] = [
    "{} said the plan had helped.",
    "We met {} at home.",
    "It was {}’s own idea.",
    "The panel heard {} and her worker.",
];
const WHOLE: [&str; 2] = ["A letter went to {} in June.", "{} was seen on Monday."];

/// Whether a text is found to hold a name that a page asks about.
fn asks(text: &str, name: &str) -> bool {
    let place = text.find(name).unwrap();
    scan_text(text).iter().any(|hit| {
        hit.kind == Kind::PersonName
            && hit.strength >= Strength::Likely
            && hit.range.start <= place
            && hit.range.end > place
    })
}

#[test]
fn names_of_every_group_are_found() {
    let mut shares = Vec::new();
    for (group, forenames, surnames) in GROUPS {
        let surnames: Vec<&str> = surnames.split_whitespace().collect();
        let (mut alone, mut whole, mut missed) = (0, 0, Vec::new());
        let forenames: Vec<&str> = forenames.split_whitespace().collect();
        for (number, forename) in forenames.iter().enumerate() {
            let found =
                ALONE.iter().filter(|sentence| asks(&sentence.replace("{}", forename), forename)).count();
            alone += found;
            let full = format!("{forename} {}", surnames[number % surnames.len()]);
            let full_found =
                WHOLE.iter().filter(|sentence| asks(&sentence.replace("{}", &full), &full)).count();
            whole += full_found;
            if found < ALONE.len() || full_found < WHOLE.len() {
                missed.push(*forename);
            }
        }
        let share = |found: usize, sentences: usize| found * 100 / (forenames.len() * sentences);
        let (alone, whole) = (share(alone, ALONE.len()), share(whole, WHOLE.len()));
        println!("{group}: {alone} % alone, {whole} % with a surname; not always: {missed:?}");
        shares.push((group, alone, whole));
    }
    // 90 of a hundred in the group that fares worst, and no group far behind another
    for (group, alone, whole) in &shares {
        assert!(*alone >= 90 && *whole >= 90, "{group}: {alone} %, {whole} %");
    }
    let spread =
        shares.iter().map(|one| one.1).max().unwrap() - shares.iter().map(|one| one.1).min().unwrap();
    assert!(spread <= 10, "{shares:?}");
}
