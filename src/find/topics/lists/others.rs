//! The lists of the other languages that are known.

use super::Lists;

pub(super) const DE: Lists = Lists {
    links: "von für",
    before_noun: "der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem jeder jede \
        jedes kein keine keinen keiner sein seine seinen seiner seinem ihr ihre ihren ihrer ihrem unser unsere \
        mein meine in im ins an am auf aus bei beim mit nach seit vom zum zur über unter vor hinter neben zwischen \
        durch gegen ohne um bis wegen trotz während laut gegenüber",
    before_verb: "zu ich wir sie er es man nicht nie",
    empty: "und oder aber denn sondern wenn dann als wie so weil dass daß ob obwohl während damit wer was wo wann \
        warum welche welcher welches ist sind war waren sei wäre wird werden wurde wurden worden würde würden hat \
        haben hatte hatten habe kann können könnte könnten muss müssen musste soll sollen sollte sollten will \
        wollen wollte darf dürfen mag möchte da hier dort dies auch nur noch schon sehr mehr weniger viel viele \
        vielen wenig alle allem allen alles andere anderen anderer anderes selbst etwa fast immer wieder oft \
        bereits jetzt nun doch ja nein sich ihm ihn uns mir mich dir dich euch ihnen davon dazu dabei dafür \
        dagegen daran darauf deshalb jedoch allerdings zudem außerdem sowie bzw zwar also eben ganz gar kaum erst \
        ersten erste zwei drei vier fünf sechs sieben acht neun zehn neue neuen neuer neues großen große großer \
        großes gute guten hohe hohen kleine kleinen letzten letzte nächsten nächste weitere weiteren weiter einige \
        einigen wohl statt eigene eigenen",
    pale: "",
    dull: "sagte sagt sagen erklärte erklärt teilte mitgeteilt berichtet berichtete berichten bericht hieß heißt \
        heißen schrieb schreibt geschrieben warnte betonte meinte meint glaubt denkt sieht sehen gibt geben gab \
        geht gehen ging kommt kommen kam macht machen gemacht lässt lassen bleibt bleiben steht stehen stand liegt \
        liegen lag führt führen nimmt nehmen zeigt zeigen findet finden fand gilt gelten jahr jahre jahren jahres \
        monat monate monaten woche wochen tag tage tagen stunde stunden minute minuten uhr zeit heute gestern \
        morgen montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli \
        august september oktober november dezember prozent euro million millionen mio milliarde milliarden mrd \
        tausend zahl zahlen teil teile mensch menschen leute ende fall art weise grund beispiel frage fragen \
        sprecher sprecherin chef experten leiter herr frau dpa",
};

pub(super) const FR: Lists = Lists {
    links: "de du des d'",
    before_noun: "le la les l' un une ce cet cette ces son sa ses leur leurs notre nos votre vos mon ma mes au aux à en dans \
        sur sous par pour avec sans contre entre vers chez depuis pendant selon après avant dès malgré",
    before_verb: "je il elle on nous vous ils elles qui ne n' se s' pas y",
    empty: "et ou mais donc or ni car si que qu' qu quoi dont où quand comme comment pourquoi lorsque puisque lorsqu' \
        jusqu' j' m' t' c' est sont était étaient être été sera seront serait soit a ont avait avaient avoir eu \
        aura auront fait font faire peut peuvent pourrait doit doivent cela ceci ça celui celle ceux plus moins \
        très trop peu beaucoup aussi encore déjà toujours jamais souvent bien mal même mêmes autre autres tout \
        toute tous toutes quelque quelques chaque plusieurs certains certaines aucun aucune deux trois quatre cinq \
        six sept huit neuf dix premier première dernier dernière derniers dernières nouveau nouvelle nouveaux \
        nouvelles grand grande grands grandes petit petite petits bon bonne ainsi alors là ici lui eux me te moi \
        toi afin cependant pourtant notamment lors fois via près",
    pale: "",
    dull: "dit dire déclaré déclare affirmé affirme expliqué explique indiqué indique ajouté ajoute annoncé annonce \
        souligné précisé estime estimé rapporte rapporté écrit pense croit voir vu va vont aller vient venir pris \
        prendre mis mettre an ans année années mois semaine semaines jour jours journée heure heures minute \
        minutes temps moment aujourd'hui hier demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier \
        février mars avril mai juin juillet août septembre octobre novembre décembre pourcent euros million \
        millions milliard milliards mille nombre partie personne personnes gens homme hommes femme femmes chose \
        choses cas fin exemple question questions porte-parole porte parole chef directeur directrice président \
        présidente ministre m mme expert experts afp",
};

pub(super) const ES: Lists = Lists {
    links: "de del",
    before_noun: "el la los las un una unos unas este esta estos estas ese esa esos esas su sus nuestro nuestra mi tu al a \
        en con por para sin sobre contra entre hacia hasta desde según durante tras ante bajo",
    before_verb: "yo él ella nosotros ellos ellas usted ustedes que no se lo le les me te nos nunca",
    empty: "y e o u pero sino si cuando como cómo donde dónde porque aunque mientras quien quienes cual cuales cuyo \
        qué es son era eran ser sido será serán sería fue fueron ha han había habían haber está están estaba estar \
        hay puede pueden podría poder debe deben tiene tienen tenía tener hace hacen hacer hecho esto eso ello más \
        menos muy mucho mucha muchos muchas poco también tampoco ya aún todavía siempre casi solo sólo mismo misma \
        otro otra otros otras todo toda todos todas algo alguno algunos algunas cada varios ninguno dos tres \
        cuatro cinco seis siete ocho nueve diez primer primera primero último última últimos nuevo nueva nuevos \
        nuevas gran grande grandes pequeño buen bueno buena mayor mejor peor así entonces además luego ahora aquí \
        allí sin embargo pues tan tanto",
    pale: "",
    dull: "dijo dice decir dicho afirmó afirma explicó explica señaló señala aseguró asegura indicó añadió agregó \
        anunció informó informe según cree piensa ve ver va van ir viene lleva dar da año años mes meses semana \
        semanas día días hora horas minuto minutos tiempo momento hoy ayer mañana lunes martes miércoles jueves \
        viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre \
        diciembre ciento euros millón millones mil número parte persona personas gente hombre mujer cosa cosas \
        caso fin ejemplo pregunta portavoz jefe director presidente presidenta ministro experto expertos efe vez \
        veces",
};

pub(super) const IT: Lists = Lists {
    links: "di del della dei degli delle dello dell' d'",
    before_noun: "il lo la i gli le l' un uno una un' questo questa questi queste quel quella quelli suo sua suoi sue loro \
        nostro nostra al allo alla ai agli alle all' a in nel nello nella nei negli nelle nell' con per su sul \
        sulla sui sulle sull' da dal dalla dai dalle dall' tra fra contro senza verso dopo prima durante secondo \
        sotto sopra",
    before_verb: "io noi essi che non si ci vi ne mi ti mai",
    empty: "e ed o ma se quando come dove perché anche chi cui quale quali è sono era erano essere stato stata stati \
        state sarà sarebbe ha hanno aveva avevano avere avuto può possono potrebbe deve devono fa fanno fare fatto \
        c' ciò più meno molto molta molti molte poco già ancora sempre solo stesso stessa altro altra altri altre \
        tutto tutta tutti tutte ogni qualche alcuni alcune nessuno due tre quattro cinque sei sette otto nove \
        dieci primo prima ultimo ultima ultimi nuovo nuova nuovi nuove grande grandi piccolo buono così allora \
        quindi poi ora qui là tuttavia invece infatti oltre circa mentre lui lei",
    pale: "",
    dull: "detto dice dire ha dichiarato spiegato spiega affermato afferma aggiunto sottolineato annunciato riferito \
        pensa crede vede vedere va vanno andare viene venire anno anni mese mesi settimana settimane giorno giorni \
        ora ore minuti tempo momento oggi ieri domani lunedì martedì mercoledì giovedì venerdì sabato domenica \
        gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre cento euro \
        milione milioni miliardo miliardi mila numero parte persona persone gente uomo donna cosa cose caso fine \
        esempio domanda portavoce capo direttore presidente ministro esperto esperti ansa volta volte",
};

pub(super) const NL: Lists = Lists {
    links: "van",
    before_noun: "de het een deze dit die dat zijn haar hun ons onze mijn in op aan bij met naar om over onder voor door \
        tegen zonder tussen uit tot sinds tijdens volgens na vanaf binnen buiten rond ondanks elke elk geen",
    before_verb: "te ik wij we zij ze hij het je u men niet nooit er",
    empty: "en of maar want dus als dan toen omdat hoewel terwijl wie wat waar wanneer waarom welke is was waren wordt \
        worden werd werden geworden heeft hebben had hadden kan kunnen kon konden moet moeten moest zal zullen zou \
        zouden mag mogen wil willen wilde ook nog al alleen zeer meer minder veel vele weinig alle alles ander \
        andere anderen zelf bijna altijd weer vaak reeds nu toch ja nee zich hem hen mij jou daar hier daarvan \
        daarmee daarom echter bovendien zoals wel heel erg eerste twee drie vier vijf zes zeven acht negen tien \
        nieuwe nieuw grote groot kleine goede goed hoge lage laatste volgende verder enkele sommige eigen",
    pale: "",
    dull: "zei zegt zeggen gezegd meldt meldde gemeld verklaarde schreef schrijft vindt denkt weet ziet zien gaat \
        gaan ging komt komen kwam maakt maken gemaakt staat staan blijft blijven krijgt krijgen laat laten geeft \
        geven jaar jaren maand maanden week weken dag dagen uur uren minuten tijd moment vandaag gisteren morgen \
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli \
        augustus september oktober november december procent euro miljoen miljard duizend aantal deel mensen mens \
        man vrouw einde geval voorbeeld vraag vragen woordvoerder chef directeur president minister deskundigen \
        anp keer",
};

pub(super) const PT: Lists = Lists {
    links: "de do da dos das",
    before_noun: "o a os as um uma uns umas este esta estes estas esse essa esses essas seu sua seus suas nosso nossa meu \
        minha ao aos à às em no na nos nas num numa com por pelo pela pelos pelas para sem sobre contra entre até \
        desde segundo durante após ante sob",
    before_verb: "eu ele ela nós eles elas você vocês que não se lhe me te nunca",
    empty: "e ou mas nem quando como onde porque embora enquanto quem qual quais cujo é são era eram ser sido será \
        serão seria foi foram há tem têm tinha ter está estão estava estar pode podem poderia poder deve devem faz \
        fazem fazer feito isto isso aquilo mais menos muito muita muitos muitas pouco também já ainda sempre quase \
        só mesmo mesma outro outra outros outras tudo todo toda todos todas algo algum alguns algumas cada vários \
        nenhum dois duas três quatro cinco seis sete oito nove dez primeiro primeira último última novo nova novos \
        novas grande grandes pequeno bom boa maior melhor pior assim então além depois agora aqui ali porém tão \
        tanto cerca",
    pale: "",
    dull: "disse diz dizer dito afirmou afirma explicou explica destacou acrescentou anunciou informou segundo \
        acredita pensa vê ver vai vão ir vem dar dá ano anos mês meses semana semanas dia dias hora horas minuto \
        minutos tempo momento hoje ontem amanhã segunda terça quarta quinta sexta feira sábado domingo janeiro \
        fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro cento euros milhão \
        milhões bilhão bilhões mil número parte pessoa pessoas gente homem mulher coisa coisas caso fim exemplo \
        pergunta porta-voz porta voz chefe diretor presidente ministro especialista especialistas lusa vez vezes",
};
