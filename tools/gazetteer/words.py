"""Which names are everyday words or personal names, and so need context."""

# Given names and surnames that are also cities; English capitals do not tell them apart.
PERSONAL_EN = set(
    """Jackson Lincoln Madison Victoria Charlotte Florence Eugene Columbus Hamilton Houston Austin Dallas Denver Washington Aurora Arlington Irving Chandler
    Gilbert Jefferson Franklin Clinton Jordan Chad Georgia Carolina Virginia Alexandria Savannah Sydney Adelaide Melbourne Darwin Wellington Nelson Bristol
    Lancaster Warren Chester Carson Allen Clarence Santiago Diego Jose Paris London Orlando Sofia Vienna Troy Santos Salvador Francisco Marcos
    Sterling Thornton Murray Murphy Norman Palmer Peyton Pierre Preston Raleigh Roy Russell Salem Spencer Stamford Sterling Terrell Tyler Vincent
    Wayne Winston Chelsea Crystal Devon Diana Elizabeth Ethan Garland Grant Hayward Helena Henderson Irvine Lawrence Logan Luis Lubbock Luton Mason
    Maria Martinez Monroe Montgomery Paterson Quincy Regina Richmond Riley Robinson Rochester Rosario Sandy Santa Rosa Sarasota Shannon Sharon Stockton
    Taylor Temple Valencia Vance Abraham Ali Anderson Antonio Barry Bradford Burnley Byron Camille Carmen Catalina Celaya Cesar Chan Chang Chen Clayton
    Colon Cordoba Costa David Davis Duncan Durant Everett Fremont Fuller Geneva George Gonzalez Gordon Harper Harris Hector Hill Holland Howard Hudson
    Isabela Jasper Johnson Kent Kimberley Kingston Leon Lima Lopez Luna Mary Medina Mercedes Morgan Napoleon Olivia Parker Perry Pope Ramon Reynolds
    Rodriguez Roman Romeo Rose Rufisque Sanchez Sara Silva Smith Sultan Sun Surat Surrey Tan Tucker Vargas Vega Walker Wang West Wilson Xavier Young Zhang""".split()
)
# Everyday words that a dictionary of lower-case words does not have, in the languages it does not cover.
EVERYDAY = {
    "en": set("Bath Reading Nice Mobile Split Cork Tours Orange Buffalo Independence Paradise Enterprise Man Of Most Sur Van Batman Lens Angers Best Bari Cali Como Bo La Moss Male Same "
              "Date Ube Ise Ota Oita Uruma Guide Along Bhilai Mus Bam Nancy Metz Pau Vice Ho Hit Chi Pune Ede Ise Ila Awe Iwo Ada Aba Ife Oyo Ipoh Taxi Ur Ham Hull Bern Liege US".split()),
    "de": set("Essen Halle Hagen Moers Herne Fürth Hamm Marl Hof Worms Bergen Siegen Baden Münster Celle Plauen Weiden Hanau Speyer Wesel Bad Haar Wien Graz Linz Wels Lünen Leer Gera "
              "Nizza Mobil Gold Sand Zug Chur Bremen Brake Arme Aue Regen Rom Bari Bali Land Elbing Teltow Main".split()),
    "fr": set("Nice Tours Nancy Lens Angers Metz Brest Laval Poissy Sens Vienne Vannes Cannes Pau Lorient Arles Bourges Laon Sète Le La Les Grasse Orange Valence Romans Reims Mans Antibes Caen "
              "Lyon Lille Mons Liège Gand Bruges Anvers Bâle Berne Sion Bienne Dole Troyes Beauvais Rennes Niort Roanne Évreux Cholet Colombes Mérignac Lunel Auch Foix Die Gap Toul Verdun Auray "
              "Corse Salle Tulle Mende Port Split Chine Inde Mali Pérou Chypre Guinée Malte Maroc Suisse Turquie".split()) - set("Lyon Lille Rennes Caen Reims Anvers Berne Corse Chine Inde Mali Pérou Chypre Malte Maroc Suisse Turquie Guinée Bruges Liège Brest".split()),
    "es": set("León Lugo Córdoba Salto Posadas Paz Rosario Mercedes Salta Toledo Ibarra Loja Santiago Concepción Victoria Libertad Progreso Independencia Valle Colón Luque Mar Piedras Altos Barranca "
              "Corrientes Resistencia Neiva Armenia Soledad Bello Cuenca Ambato Manta Durán Quito Portoviejo Esperanza Delicias Guerrero Irapuato Celaya Tampico Tuxtla Torreón Mérida Reforma "
              "Palmas Vigo Badajoz Granada Barcelona Valencia Vitoria Soria Palencia Zamora Reus Elda Lorca Linares Coslada Parla Getafe Leganés Telde Roquetas".split())
          - set("Córdoba Toledo Salta Quito Granada Barcelona Valencia Mérida Badajoz Vigo Irapuato Celaya Tampico Getafe Leganés Portoviejo Torreón Reus Telde Parla".split()),
    "pt": set("Natal Santos Serra Palmas Vitória Salvador Campos Volta Contagem Rio Porto Faro Belém Colombo Macaé Betim Marília Franca Limeira Barreiras Cabo Sobral Campinas Passos Patos Recife "
              "Fortaleza Anápolis Bragança Cariacica Barueri Canoas Pelotas Viamão Sumaré Suzano Diadema Mauá Osasco Olinda Paulista Bauru Jequié Ilhéus Tubarão Lages Cascavel Maringá Ponta "
              "Toledo Dourados Araras Guarapari Guarujá Cotia Cubatão Botucatu Salto Varginha Sete Formosa Luz Aveiro Braga Guimarães Viana".split())
          - set("Recife Fortaleza Campinas Porto Belém Osasco Olinda Macaé Bauru Maringá Anápolis Aveiro Barueri Braga Guimarães Campinas".split()),
    "it": set("Asti Massa Lecce Como Prato Pavia Sesto Latina Terni Bari Pisa Lucca Siena Matera Potenza Pesaro Rovigo Udine Cuneo Lodi Fano Carpi Imola Monza Nizza Vicenza Pola Fermo Nuoro Chieti "
              "Salerno Trani Barletta Cesena Forlì".split()) & set("Asti Massa Como Prato Sesto Latina Potenza Fermo Lodi Carpi".split()),
    "tr": set("Van Ordu Batman Bolu Kars Uşak Muş Rize Sivas Manisa Siirt Iğdır Bartın Adana Mersin Bursa Konya Denizli Aydın Kilis Düzce Edirne Bingöl Elazığ Tokat Isparta Burdur".split())
          & set("Van Ordu Uşak Aydın Denizli Tokat Batman Bartın".split()),
    "nl": set("Ede Best Den Weert Hoorn Almere Assen Breda Goes Gouda Delft Haren Zeist Soest Bergen Leiden Namen Luik Gent Mechelen Halle Leven Zwijndrecht".split())
          & set("Ede Best Assen Leiden Namen Hoorn Bergen Leven Soest".split()),
    "pl": set("Piła Łódź Konin Tychy Radom Kielce Opole Ruda Mława Zgierz Jawor Żory Nysa Police Brzeg Sopot Gdynia Słupsk Elbląg Toruń Zabrze Bytom Rybnik".split())
          & set("Piła Łódź Ruda Police Brzeg Jawor Żory Nysa".split()),
    "ru": set("Того Мали Гана Чад Куба Мир Орёл Орел Шахты Сумы Горки Химки Белово Гусь Мэн Рига Конго".split()),
    "sv": set("Lund Borås Umeå Gävle Visby Mora Kalmar Växjö Nacka Täby Motala Norrtälje Falun Lidingö Ro Rom Oder".split()) & set("Lund Mora Rom".split()),
}


def everyday(sources):
    """A function that says whether a form of a place of some kind is also an everyday word or a personal name."""
    english = sources.english_words()
    import pymorphy3

    morph = pymorphy3.MorphAnalyzer(path=str(sources.cache / "pypi-pymorphy3-dicts-ru-2.4.417150.4580142/pymorphy3_dicts_ru/data"))
    seen = {}

    def russian(form):
        if form not in seen:
            parses = [p for p in morph.parse(form.lower()) if p.is_known]
            share = sum(p.score for p in parses if not {"Geox", "Abbr", "Surn", "Orgn"} & set(p.tag.grammemes))
            seen[form] = share > 0.3
        return seen[form]

    def judge(kind, language, form):
        if form in EVERYDAY.get(language, ()):
            return True
        if language == "en":
            if kind == "country":
                return form in ("Chad", "Jordan", "Georgia", "Turkey", "Guinea", "US", "Togo")  and form not in ("Togo",)
            return form in PERSONAL_EN or form.lower() in english and " " not in form and len(form) > 1
        if language == "ru" and kind == "country":
            return False
        if language == "ru" and " " not in form:
            return not (len(form) > 1 and form.isupper()) and russian(form)
        if language in ("zh", "ja", "ko") and len(form) == 1:
            return True
        return len(form) <= 2 and language in ("ru", "uk", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "tr") and not form.isupper()

    return judge
