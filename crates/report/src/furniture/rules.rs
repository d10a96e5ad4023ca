//! The table of page furniture: one rule a row, its reason first.
//!
//! Phrases are lower case with straight quotation marks, as [`super::key`] makes them of a piece. A rule
//! that could meet a sentence of news is narrowed by `with`, by `ends` or by `max_words`; the near
//! misses it must leave alone stand in the tests of this folder.

/// How a rule's phrases meet a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The piece is the phrase.
    Whole,
    /// The piece is the phrase, or begins with it and a colon.
    Label,
    /// The piece begins with the phrase as whole words.
    Start,
    /// The piece begins with the phrase, whatever follows.
    Prefix,
    /// The phrase stands somewhere in the piece.
    Contains,
}

/// How a piece must end for a rule to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// In any way.
    Anyhow,
    /// Not as a sentence of more than five words.
    Open,
}

/// One kind of furniture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// The reason given for what it drops.
    pub why: &'static str,
    pub shape: Shape,
    /// The longest piece it may drop.
    pub max_words: usize,
    pub ends: Ends,
    pub phrases: &'static [&'static str],
    /// One of these must stand in the piece as well, if there are any.
    pub with: &'static [&'static str],
}

pub(crate) const LINK: &str = "link to other reports";

use Ends::{Anyhow, Open};
use Shape::{Contains, Label, Prefix, Start, Whole};

const fn rule(why: &'static str, shape: Shape, max_words: usize, ends: Ends, phrases: &'static [&'static str]) -> Rule {
    Rule { why, shape, max_words, ends, phrases, with: &[] }
}

#[rustfmt::skip]
const NETWORKS: &[&str] = &[
    "twitter", "facebook", "instagram", "telegram", "google", "whatsapp", "youtube", "linkedin", "tiktok", "viber",
    "social media", "channel",
    "threads", "bluesky", "mastodon", " on x", " x ", "@", "newsletter", "rss", " app", "email", "e-mail",
];

#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule("image credit", Label, 40, Anyhow, &[
        "image", "images", "photo", "photos", "photograph", "photographs", "picture", "pictures", "photo credit",
        "photo credits", "image credit",
        "image credits", "picture credit", "file photo", "file image", "photo illustration", "illustration", "graphic",
        "featured image", "header image",
        "cover image", "photo source", "image source", "photo courtesy", "credit", "credits", "photo/image",
        // German
        "foto", "fotos", "bild", "bilder", "bildquelle", "bildnachweis", "fotocredit", "symbolbild", "titelbild",
        "archivbild", "grafik", "symbolfoto",
        // French
        "crédit", "crédits", "crédit photo", "crédits photo", "crédit image", "photo d'illustration", "légende",
        // Spanish, Portuguese, Italian
        "imagen", "imágenes", "fotografía", "fotografías", "crédito", "créditos", "imagem", "imagens", "immagine",
        "immagini", "fotografia", "credito foto",
        // Serbian, Croatian, Bosnian in both scripts; Albanian
        "slika", "fotografija", "ilustracija", "ilustrativna fotografija", "foto ilustracija", "arhivska fotografija",
        "слика", "фотографија", "фото",
        "илустрација", "foto ilustrim", "foto arkiv", "fotografi",
        // Russian, Ukrainian, Polish, Turkish, Dutch, Swedish, Romanian
        "фотография", "иллюстрация", "фотографія", "zdjęcie", "zdjęcia", "fot", "fotoğraf", "beeld", "bildkälla",
        "imagine", "foto kredit",
    ]),
    rule("image credit", Start, 20, Open, &[
        "photo by", "photos by", "photograph by", "photographs by", "photography by", "picture by", "pictures by",
        "image by", "images by", "image via",
        "photo via", "image courtesy", "photo courtesy", "photos courtesy", "illustration by", "graphic by",
        "file photo", "handout via", "foto von",
        "bild von", "fotos von", "photo de", "photo par", "foto di", "foto de", "foto por", "snimio", "snimila",
        "фото автора",
    ]),
    rule("image caption", Start, 60, Anyhow, &[
        "image caption", "media caption", "image source, ", "picture caption", "photo caption", "bildunterschrift",
    ]),
    rule("image caption", Label, 60, Anyhow, &[
        "caption", "pictured", "file picture", "im bild", "na slici", "na fotografiji",
    ]),
    rule("image control", Whole, 8, Anyhow, &[
        "hide caption", "toggle caption", "enlarge this image", "enlarge image", "view image in fullscreen",
        "view gallery", "open image in new tab",
        "click to enlarge", "tap to enlarge", "view full size image", "open gallery", "bild vergrößern", "bild öffnen",
        "agrandir l'image", "ampliar imagen",
    ]),
    rule("licence line", Contains, 40, Open, &[
        "wikimedia commons", "cc by-sa", "cc by 4.0", "cc by 3.0", "cc by 2.0", "cc-by", "cc0", "creative commons",
        "public domain, via", "no changes made",
    ]),
    rule("advertisement", Whole, 8, Anyhow, &[
        "advertisement", "advertisements", "advertising", "ad", "ads", "sponsored", "sponsored content", "promoted",
        "promoted content", "paid content",
        "partner content", "ad feedback", "continue reading the main story", "scroll to continue",
        "scroll to continue with content", "remove ads",
        "advertisement - scroll to continue", "advertisement advertisement", "anzeige", "werbung", "publicité",
        "publicidad", "pubblicità", "publicidade",
        "reklama", "oglas", "oglasi", "reklam", "advertentie", "реклама", "оглас", "annons", "annonce", "reklamë",
        "diafimisi",
    ]),
    rule("advertisement", Start, 12, Anyhow, &[
        "story continues below", "story continues after", "article continues below", "article continues after",
        "continue reading below",
        "text continues below", "report continues below", "der artikel wird nach", "la suite après",
        "continúa leyendo", "nastavak teksta ispod",
    ]),
    rule("share bar", Whole, 10, Anyhow, &[
        "share", "share this", "share this article", "share this story", "share this page", "share this post",
        "share article", "share story",
        "share full article", "share with friends", "copy link", "copy link to clipboard", "link copied",
        "print this article", "print article",
        "print this page", "email this article", "print", "save article", "bookmark", "send to a friend",
        "gift this article", "give this article",
        "artikel teilen", "teilen", "drucken", "beitrag teilen", "link kopieren", "partager", "partager cet article",
        "imprimer", "copier le lien",
        "compartir", "comparte", "comparte esta noticia", "imprimir", "copiar enlace", "condividi",
        "condividi questo articolo", "stampa", "compartilhe",
        "compartilhar", "partilhar", "podeli", "podelite", "podijeli", "podijelite", "podeli vest", "podelite vest",
        "подели", "поделите", "поделиться",
        "поділитися", "udostępnij", "paylaş", "deel", "deel dit artikel", "delen", "dela", "shpërndaje", "shpërndani",
        "distribuie",
    ]),
    Rule {
        why: "share bar",
        shape: Start,
        max_words: 8,
        ends: Open,
        phrases: &[
            "share on", "share via", "share to", "share it on", "tweet this", "auf", "per", "partager sur",
            "compartir en", "condividi su", "podeli na", "podelite na", "podijeli na",
        ],
        with: &[
            "facebook", "twitter", "whatsapp", "linkedin", "telegram", "reddit", "viber", "pinterest", "messenger",
            "e-mail teilen", "email", " x",
        ],
    },
    rule("comment line", Whole, 8, Anyhow, &[
        "comment", "comments", "leave a comment", "leave a reply", "show comments", "view comments",
        "view all comments", "add a comment", "post a comment",
        "join the conversation", "join the discussion", "be the first to comment", "no comments", "no comments yet",
        "comments are closed", "kommentare",
        "kommentieren", "kommentar schreiben", "commentaires", "laisser un commentaire", "comentarios",
        "deja un comentario", "commenti",
        "lascia un commento", "komentari", "komentar", "ostavite komentar", "ostavi komentar", "pošalji komentar",
        "коментари", "комментарии", "comentários",
    ]),
    rule(LINK, Label, 25, Anyhow, &[
        "related", "related story", "related stories", "related article", "related articles", "related content",
        "related topics", "related news",
        "related coverage", "related links", "related posts", "related reading", "read more", "read also", "read next",
        "read", "read this", "see also", "see more", "also read",
        "also see", "also on", "more", "more on this", "more on this story", "more on this topic", "more stories",
        "more news", "more coverage", "watch", "watch also", "watch more",
        "watch now", "watch live", "watch here", "watch the video", "video", "in pictures", "in photos", "gallery",
        "photo gallery", "go deeper", "don't miss",
        "recommended", "recommended stories", "recommended reading", "recommended for you", "must read", "most read",
        "most popular", "most viewed", "top stories",
        "trending", "trending now", "editor's pick", "editor's picks", "editors' picks", "up next", "further reading",
        "keep reading", "continue reading", "you may also like",
        "you might also like", "you may like", "latest news", "what to read next", "more from this section",
        "learn more", "find out more", "show more", "load more", "view more",
        // German
        "mehr zum thema", "lesen sie auch", "lesen sie mehr", "lesen sie weiter", "lesen sie dazu", "lesen sie hier",
        "auch interessant", "weiterlesen", "mehr lesen",
        "das könnte sie auch interessieren", "mehr dazu", "weitere artikel", "ähnliche artikel", "zum thema",
        "siehe auch", "meistgelesen", "mehr erfahren",
        // French
        "lire aussi", "à lire aussi", "à lire", "lire la suite", "lire plus", "voir aussi", "sur le même sujet",
        "à voir aussi", "en savoir plus", "les plus lus", "lire également",
        // Spanish, Portuguese
        "leer más", "lee también", "lea también", "lea más", "lee más", "te puede interesar", "le puede interesar",
        "ver también", "noticias relacionadas", "ver más",
        "más información", "lo más leído", "seguir leyendo", "leia mais", "leia também", "veja também", "saiba mais",
        "ler mais",
        // Italian
        "leggi anche", "leggi di più", "leggi tutto", "vedi anche", "per approfondire", "potrebbe interessarti",
        "articoli correlati", "continua a leggere",
        // Serbian, Croatian, Bosnian; Albanian
        "pročitajte još", "pročitajte i", "procitajte jos", "procitajte i", "pročitaj još", "pročitajte više",
        "povezane vesti", "povezane vijesti", "vidi još", "opširnije",
        "više o ovome", "pogledajte još", "najčitanije", "прочитајте још", "прочитајте и", "повезане вести",
        "најчитаније", "lexo edhe", "lexoni edhe", "lexo më shumë", "shiko edhe",
        // Russian, Ukrainian, Polish, Turkish, Dutch, Romanian
        "читайте также", "подробнее", "смотрите также", "по теме", "читать далее", "читайте також", "czytaj także",
        "czytaj też", "czytaj więcej", "zobacz też", "zobacz także",
        "ilgili haberler", "ayrıca okuyun", "lees ook", "lees meer", "lees verder", "citește și", "läs mer",
        "läs också", "les også", "les mer", "læs også",
    ]),
    rule(LINK, Start, 20, Open, &[
        "read more about", "read more on", "read more at", "read more here", "read more from", "read more in",
        "read more »", "read more >", "read more →", "read the full", "read the original", "read our",
        "read this next",
        "see our", "see more on", "click here", "click to", "click for", "tap here", "more from", "more about",
        "for more on", "for more news", "for more stories", "explore more", "follow our live", "follow live updates",
        "get the latest",
        "mehr zu", "hier klicken", "cliquez ici", "haga clic", "clicca qui", "kliknite ovde", "kliknite ovdje",
        "clique aqui", "нажмите",
    ]),
    Rule {
        why: "follow line",
        shape: Start,
        max_words: 40,
        ends: Anyhow,
        phrases: &[
            "follow", "follow us", "follow our", "find us on", "find us", "join us on", "like us on",
            "connect with us", "join our", "stay connected", "subscribe to our", "you can follow",
            "folgen sie uns", "folge uns", "folgt uns", "suivez-nous", "suivez", "rejoignez-nous", "síguenos",
            "siguenos", "sigue", "seguici", "segui", "pratite nas", "zapratite", "пратите нас",
            "siga-nos", "siga", "volg ons", "na ndiqni", "bizi takip edin", "obserwuj nas", "följ oss",
        ],
        with: &[
            "on twitter", "on facebook", "on instagram", "on telegram", "on x", "on youtube", "on google news",
            "on whatsapp", "on threads", "on bluesky", "on linkedin", "on tiktok", "on social media",
            "auf twitter", "auf facebook", "auf instagram", "auf telegram", "auf x", "sur twitter", "sur facebook",
            "sur instagram", "sur telegram", "sur x", "en twitter", "en facebook", "en instagram",
            "en telegram", "en x", "su twitter", "su facebook", "su instagram", "su telegram", "na twitteru",
            "na fejsbuku", "na facebook", "na instagram", "na telegram", "na viber", "na društvenim",
            "telegram channel", "whatsapp channel", "telegram-kanal", "whatsapp-kanal", "viber",
            "twitter and facebook", "facebook and twitter", "@", "на фејсбуку", "на твитеру", "op facebook",
            "op twitter",
            "no twitter", "no facebook", "no instagram", "në facebook", "në instagram",
        ],
    },
    rule("follow line", Whole, 6, Anyhow, &[
        "follow us", "follow", "follow this topic", "folgen sie uns", "folge uns", "suivez-nous", "síguenos",
        "seguici", "pratite nas", "пратите нас", "siga-nos", "volg ons", "na ndiqni",
        "подписывайтесь", "підписуйтесь", "follow the author", "connect with us",
    ]),
    Rule {
        why: "newsletter line",
        shape: Start,
        max_words: 45,
        ends: Anyhow,
        phrases: &[
            "sign up", "sign up for", "signup", "subscribe", "get", "receive", "join", "register", "want more",
            "stay informed", "stay up to date", "don't miss", "download", "choose", "enter your", "like this",
        ],
        with: &[
            "newsletter", "inbox", "our app", "email alert", "e-mail alert", "news alert", "push notification",
            "morning briefing", "daily briefing", "evening briefing", "email address", "e-mail address",
            "your email", "your e-mail", "whatsapp channel", "telegram channel", "unlimited access", "full access",
            "our podcast", "subscribe today",
        ],
    },
    rule("newsletter line", Contains, 45, Anyhow, &[
        "in your inbox", "to your inbox", "our newsletter", "our daily newsletter", "our free newsletter",
        "our weekly newsletter", "unsubscribe at any time", "unsubscribe any time", "you can unsubscribe",
        "subscribe to continue", "subscribe to read", "already a subscriber", "this article is for subscribers",
        "for subscribers only", "newsletter abonnieren", "unseren newsletter", "unserem newsletter",
        "newsletter anmelden", "jetzt abonnieren", "abonnez-vous", "notre newsletter", "suscríbete", "suscríbase",
        "nuestro boletín", "nuestra newsletter", "iscriviti alla", "nostra newsletter",
        "prijavite se na", "naš newsletter", "naš bilten", "подпишитесь на", "подписывайтесь на", "підписуйтесь на",
        "підписуйтеся на", "meld je aan voor", "onze nieuwsbrief", "assine nossa", "abonați-vă", "e-bültenimiz",
    ]),
    rule("newsletter line", Whole, 8, Anyhow, &[
        "newsletter", "newsletters", "subscribe", "subscribe now", "sign up", "sign up now", "sign in", "log in",
        "login", "register", "abonnieren", "jetzt anmelden", "s'abonner", "suscribirse", "iscriviti", "pretplatite se",
        "subscribers only", "become a member", "my account", "create an account", "e-mail", "email",
    ]),
    rule("cookie line", Contains, 70, Anyhow, &[
        "we use cookies", "this site uses cookies", "this website uses cookies", "our site uses cookies",
        "our website uses cookies", "accept all cookies", "accept cookies", "cookie policy", "cookie settings",
        "cookie consent",
        "cookies and similar technologies", "use of cookies", "continuing to use this site", "continuing to browse",
        "we and our partners", "your privacy choices", "we value your privacy", "you need to enable cookies",
        "diese website verwendet cookies", "diese seite verwendet cookies", "diese website benutzt cookies",
        "wir verwenden cookies", "wir nutzen cookies", "cookie-einstellungen", "cookies akzeptieren",
        "cookies zulassen", "verwendung von cookies",
        "nous utilisons des cookies", "ce site utilise des cookies", "accepter les cookies", "paramètres des cookies",
        "utilisation de cookies",
        "utilizamos cookies", "usamos cookies", "este sitio utiliza cookies", "este sitio web utiliza",
        "aceptar cookies", "uso de cookies",
        "utilizziamo i cookie", "utilizziamo cookie", "questo sito utilizza", "utilizza i cookie", "uso dei cookie",
        "koristimo kolačiće", "koristi kolačiće", "koristimo kolacice", "upotrebu kolačića", "korišćenje kolačića",
        "користимо колачиће", "користи колачиће",
        "wij gebruiken cookies", "we gebruiken cookies", "deze website gebruikt cookies", "używamy plików cookie",
        "мы используем файлы cookie", "мы используем cookie", "çerezleri kullan", "çerez politikası",
    ]),
    rule("page control", Whole, 8, Anyhow, &[
        "accept all", "reject all", "manage preferences", "manage cookies", "cookie preferences", "cookies",
        "privacy policy", "privacy settings", "privacy notice", "terms of use", "terms of service",
        "terms and conditions",
        "contact us", "about us", "impressum", "datenschutz", "datenschutzerklärung", "alle akzeptieren",
        "alle ablehnen", "zustimmen", "tout accepter", "tout refuser", "mentions légales", "aceptar todo",
        "rechazar todo", "aviso legal",
        "accetta tutto", "rifiuta tutto", "prihvatam", "prihvati sve", "uslovi korišćenja", "skip to main content",
        "skip to content", "skip navigation", "zum inhalt springen", "zum hauptinhalt springen", "aller au contenu",
        "toggle navigation", "menu", "main menu", "home", "homepage", "search", "close", "dismiss", "loading",
        "next article", "previous article", "next post", "previous post", "next page", "previous page",
        "nächster artikel", "vorheriger artikel",
        "play", "pause", "mute", "unmute", "play video", "now playing", "video player is loading",
        "listen to this article", "listen to article", "listen to this story", "text size", "font size", "translate",
        "report an error", "report a typo",
        "artikel anhören", "vorlesen", "merken", "écouter", "escuchar", "ascolta", "audio", "live", "breaking",
        "breaking news",
    ]),
    rule("page control", Start, 30, Anyhow, &[
        "please enable javascript", "javascript is disabled", "javascript is required",
        "your browser does not support", "this video is not supported", "this content is not available",
        "to view this video please enable", "this browser does not support",
        "bitte aktivieren sie javascript", "veuillez activer javascript", "view this post on instagram",
        "a post shared by",
    ]),
    rule("back to top", Whole, 8, Anyhow, &[
        "back to top", "scroll to top", "scroll up", "go to top", "return to top", "top of page", "to the top",
        "nach oben scrollen", "nach oben", "zum seitenanfang", "seitenanfang", "zurück nach oben", "haut de page",
        "retour en haut", "retour en haut de page",
        "volver arriba", "ir arriba", "subir", "torna su", "torna all'inizio", "torna in alto", "vrati se na vrh",
        "na vrh", "na vrh stranice", "povratak na vrh", "на врх", "назад на врх", "наверх", "вверх", "нагору",
        "voltar ao topo", "naar boven",
        "terug naar boven", "do góry", "wróć na górę", "yukarı çık", "başa dön", "till toppen", "kthehu lart", "sus",
    ]),
    rule("copyright line", Contains, 60, Anyhow, &[
        "all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados",
        "tutti i diritti riservati", "riproduzione riservata", "sva prava zadržana", "sva prava pridržana",
        "сва права задржана",
        "todos os direitos reservados", "alle rechten voorbehouden", "wszelkie prawa zastrzeżone",
        "все права защищены", "tüm hakları saklıdır", "të gjitha të drejtat", "may not be published, broadcast",
        "may not be reproduced without", "toate drepturile rezervate",
        "no part of this article may be", "not be redistributed without",
    ]),
    rule("copyright line", Prefix, 40, Anyhow, &[
        "c) 20", "c) 19", "copyright ©", "copyright (c)", "copyright 20", "copyright 19",
    ]),
    rule("republication line", Start, 40, Anyhow, &[
        "this article was originally published", "this story was originally published", "this article first appeared",
        "this story first appeared", "this article originally appeared", "this story originally appeared",
        "this article is republished",
        "this piece was first published", "this article was first published", "republished from",
        "republished with permission", "reprinted with permission", "dieser artikel erschien zuerst",
        "dieser beitrag erschien zuerst", "cet article a été publié",
        "except for the headline, this story has not been edited", "this story has been published from a wire agency",
        "this story has not been edited by", "this article was automatically", "this article was translated",
        "this story was translated",
        "this report was automatically", "this is a developing story", "this breaking news story is being updated",
        "more to follow",
    ]),
    rule("notice", Contains, 80, Anyhow, &[
        "thomson reuters trust principles", "our standards:", "quotes displayed in real-time",
        "market data provided by",
    ]),
    rule("notice", Start, 80, Anyhow, &[
        "the views expressed in", "views expressed in", "the opinions expressed in", "opinions expressed in",
        "the views and opinions expressed", "the author's views", "disclaimer:", "die in diesem artikel",
        "les opinions exprimées",
        "las opiniones expresadas", "editor's note:", "correction:", "clarification:",
    ]),
    rule("reading time", Start, 8, Open, &[
        "reading time", "estimated reading time", "read time", "lesezeit", "temps de lecture", "tiempo de lectura",
        "tempo di lettura", "vreme čitanja", "vrijeme čitanja", "время чтения", "tempo de leitura",
    ]),
    rule("reading time", Contains, 5, Anyhow, &[
        "min read", "minute read", "minutes read", "min. lesezeit", "min de lecture", "minutes de lecture",
        "min de lectura",
    ]),
    rule("tag line", Label, 40, Anyhow, &[
        "tags", "tag", "topics", "keywords", "filed under", "categories", "category", "in this article",
        "in this story", "table of contents", "contents", "schlagwörter", "themen", "schlagworte", "mots-clés",
        "mots clés", "étiquettes", "etiquetas", "temas", "tagovi", "oznake",
        "ključne reči", "ključne riječi", "ознаке", "кључне речи", "теги", "ключевые слова", "tagi", "etiketler",
        "argomenti", "palavras-chave",
    ]),
    Rule {
        why: "appeal to readers",
        shape: Start,
        max_words: 60,
        ends: Anyhow,
        phrases: &[
            "support our", "support independent", "support quality", "donate", "donate to", "make a donation",
            "become a", "help us keep", "got a tip", "have a tip", "got a news tip", "have a news tip", "send tips",
            "send us", "contact the", "contact our", "email the author",
            "do you have a story", "do you have information", "if you appreciate", "if you value", "unterstützen sie",
            "soutenez", "apoya", "sostieni", "podržite", "подржите",
        ],
        with: &[
            "our journalism", "independent journalism", "quality journalism", "our work", "our newsroom", "a member",
            "subscriber", "reporter at", "author at", "our team", "the newsroom", "newsdesk", "news desk", "editor at",
            "tips@", "@", "unseren journalismus", "unabhängigen journalismus",
            "notre journalisme", "nuestro periodismo", "nostro giornalismo", "nezavisno novinarstvo",
            "nezavisne medije", "a donation", "donate now", "securely", "signal",
        ],
    },
    Rule { why: "follow line", shape: Contains, max_words: 14, ends: Open, phrases: &[
        "on twitter", "on facebook", "on instagram", "on telegram",
    ], with: &["follow us", "follow him", "follow her", "follow me", "like us", "join us"] },
    Rule { why: "share bar", shape: Whole, max_words: 3, ends: Anyhow, phrases: NETWORK_NAMES, with: &[] },
    Rule { why: "follow line", shape: Start, max_words: 25, ends: Open, phrases: &[
        "follow @", "join @",
    ], with: NETWORKS },
];

/// Names of the networks that share bars are made of; each alone is a button.
#[rustfmt::skip]
const NETWORK_NAMES: &[&str] = &[
    "facebook", "twitter", "whatsapp", "telegram", "linkedin", "reddit", "pinterest", "viber", "messenger",
    "instagram", "tumblr", "flipboard", "pocket", "x",
];

/// The words that a share bar is made of, whatever their order and number.
#[rustfmt::skip]
pub(super) const SHARE_WORDS: &[&str] = &[
    "share", "facebook", "twitter", "x", "tweet", "whatsapp", "telegram", "linkedin", "reddit", "pinterest", "viber",
    "messenger", "instagram", "tumblr", "flipboard", "pocket", "email", "e-mail", "mail", "print", "copy", "link",
    "url", "save",
    "comments", "comment", "youtube", "tiktok", "bluesky", "threads", "mastodon", "sms", "line", "vk", "xing", "more",
    "like", "follow", "this", "on", "via", "to", "or", "and", "icon", "button", "share:",
    "teilen", "drucken", "merken", "kopieren", "kommentare", "auf", "partager", "imprimer", "envoyer", "compartir",
    "imprimir", "enviar", "condividi", "stampa", "invia", "podeli", "podijeli", "štampaj", "подели", "поделиться",
    "paylaş", "deel", "dela",
];
