<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>ActivityPage</name>
  <message>
   <source>Activity</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>Alerts</source>
   <translation>Meldungen</translation>
  </message>
  <message>
   <source>All listed runs: {kind}</source>
   <translation>Alle gelisteten Läufe: {kind}</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>CSV</source>
   <translation>CSV</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>Failures</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>HTML report</source>
   <translation>HTML-Bericht</translation>
  </message>
  <message>
   <source>JSON</source>
   <translation>JSON</translation>
  </message>
  <message>
   <source>JUnit XML</source>
   <translation>JUnit-XML</translation>
  </message>
  <message>
   <source>No matching runs.</source>
   <translation>Keine passenden Läufe.</translation>
  </message>
  <message>
   <source>Open a report</source>
   <translation>Bericht öffnen</translation>
  </message>
  <message>
   <source>Redacted log</source>
   <translation>Geschwärztes Protokoll</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <source>Search runs</source>
   <translation>Läufe suchen</translation>
  </message>
  <message>
   <source>This run: {kind}</source>
   <translation>Dieser Lauf: {kind}</translation>
  </message>
  <message>
   <source>What to show</source>
   <translation>Was angezeigt wird</translation>
  </message>
 </context>
 <context>
  <name>ActivityPresenter</name>
  <message>
   <source>From {file}. Redacted, and not saved here.</source>
   <translation>Aus {file}. Geschwärzt und hier nicht gespeichert.</translation>
  </message>
  <message>
   <source>Open a report</source>
   <translation>Bericht öffnen</translation>
  </message>
  <message>
   <source>Reports (*.json)</source>
   <translation>Berichte (*.json)</translation>
  </message>
  <message>
   <source>Save a copy without names, addresses and secrets</source>
   <translation>Kopie ohne Namen, Adressen und Geheimnisse speichern</translation>
  </message>
 </context>
 <context>
  <name>AlertRow</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Hold to stop this delegate</source>
   <translation>Zum Stoppen des Bevollmächtigten halten</translation>
  </message>
  <message>
   <source>Hold to stop {name}</source>
   <translation>Halten, um {name} zu stoppen</translation>
  </message>
  <message>
   <source>Mark as planned</source>
   <translation>Als geplant markieren</translation>
  </message>
  <message>
   <source>Mark as planned: {name}</source>
   <translation>Als geplant markieren: {name}</translation>
  </message>
  <message>
   <source>Planned</source>
   <translation>Geplant</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig machen</translation>
  </message>
  <message>
   <source>Undo “planned”: {name}</source>
   <translation>„Geplant“ rückgängig machen: {name}</translation>
  </message>
  <message>
   <source>What was planned?</source>
   <translation>Was war geplant?</translation>
  </message>
 </context>
 <context>
  <name>AlreadyYoursPage</name>
  <message>
   <source>Open this device</source>
   <translation>Dieses Gerät öffnen</translation>
  </message>
  <message>
   <source>Use another code</source>
   <translation>Anderer Code</translation>
  </message>
 </context>
 <context>
  <name>AttestationPage</name>
  <message>
   <source>Add it anyway</source>
   <translation>Trotzdem hinzufügen</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Import a newer list</source>
   <translation>Neuere Liste importieren</translation>
  </message>
  <message>
   <source>Keyboard shortcuts are off here.</source>
   <translation>Tastenkürzel sind hier aus.</translation>
  </message>
  <message>
   <source>Manufacturers' roots, or revocations</source>
   <translation>Stammzertifikate der Hersteller oder Widerrufe</translation>
  </message>
  <message>
   <source>Nothing is handed over</source>
   <translation>Nichts wird übergeben</translation>
  </message>
  <message>
   <source>Stop here</source>
   <translation>Hier aufhören</translation>
  </message>
  <message>
   <source>The report stays with the device</source>
   <translation>Der Bericht bleibt beim Gerät</translation>
  </message>
 </context>
 <context>
  <name>BackupCard</name>
  <message>
   <source>Back up</source>
   <translation>Sichern</translation>
  </message>
  <message>
   <source>Backup</source>
   <translation>Sicherung</translation>
  </message>
  <message>
   <source>Backup file</source>
   <translation>Sicherungsdatei</translation>
  </message>
  <message>
   <source>Choose a file</source>
   <translation>Datei wählen</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Passphrase of the backup</source>
   <translation>Passphrase der Sicherung</translation>
  </message>
  <message>
   <source>Passphrase of this computer's keys</source>
   <translation>Passphrase der Schlüssel dieses Computers</translation>
  </message>
  <message>
   <source>Print recovery sheet</source>
   <translation>Wiederherstellungsblatt drucken</translation>
  </message>
  <message>
   <source>Save recovery sheet</source>
   <translation>Wiederherstellungsblatt speichern</translation>
  </message>
  <message>
   <source>The passphrases differ.</source>
   <translation>Die Passphrasen sind verschieden.</translation>
  </message>
  <message>
   <source>The same passphrase again</source>
   <translation>Dieselbe Passphrase noch einmal</translation>
  </message>
  <message>
   <source>Try a restore</source>
   <translation>Wiederherstellung prüfen</translation>
  </message>
 </context>
 <context>
  <name>BackupPresenter</name>
  <message>
   <source>Back up to</source>
   <translation>Sichern in</translation>
  </message>
  <message>
   <source>Choose a backup</source>
   <translation>Sicherung wählen</translation>
  </message>
  <message>
   <source>Save the recovery sheet</source>
   <translation>Wiederherstellungsblatt speichern</translation>
  </message>
 </context>
 <context>
  <name>BenchPage</name>
  <message>
   <source>Add a list</source>
   <translation>Liste hinzufügen</translation>
  </message>
  <message>
   <source>Bench</source>
   <translation>Werkbank</translation>
  </message>
  <message>
   <source>Devices of this batch, the latest first</source>
   <translation>Geräte dieses Stapels, das neueste zuerst</translation>
  </message>
  <message>
   <source>Finish</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Fortfahren</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>New batch</source>
   <translation>Neuer Stapel</translation>
  </message>
  <message>
   <source>No.</source>
   <translation>Nr.</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Print sheet</source>
   <translation>Blatt drucken</translation>
  </message>
  <message>
   <source>Save sheet</source>
   <translation>Blatt speichern</translation>
  </message>
  <message>
   <source>Serial number</source>
   <translation>Seriennummer</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
 </context>
 <context>
  <name>BenchPages</name>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>Lists, pictures, PDF, video, text</source>
   <translation>Listen, Bilder, PDF, Video, Text</translation>
  </message>
  <message>
   <source>Open a list, or pictures of codes</source>
   <translation>Liste oder Bilder von Codes öffnen</translation>
  </message>
  <message>
   <source>Save the sheet</source>
   <translation>Blatt speichern</translation>
  </message>
 </context>
 <context>
  <name>BenchSetup</name>
  <message>
   <source>A Wi-Fi network's name has at most 32 characters.</source>
   <translation>Der Name eines WLANs hat höchstens 32 Zeichen.</translation>
  </message>
  <message>
   <source>A Wi-Fi password has 8 to 63 characters.</source>
   <translation>Ein WLAN-Passwort hat 8 bis 63 Zeichen.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Bench</source>
   <translation>Werkbank</translation>
  </message>
  <message>
   <source>Devices at a time</source>
   <translation>Geräte gleichzeitig</translation>
  </message>
  <message>
   <source>Each device whose label you hold up gets this password</source>
   <translation>Jedes Gerät, dessen Etikett Sie zeigen, erhält dieses Passwort</translation>
  </message>
  <message>
   <source>First number</source>
   <translation>Erste Nummer</translation>
  </message>
  <message>
   <source>It travels as the device's protocol protects it. A device that would get it unprotected is put aside, and the password is not sent.</source>
   <translation>Es wird so übertragen, wie das Protokoll des Geräts es schützt. Ein Gerät, das es ungeschützt erhielte, wird beiseitegelegt, und das Passwort wird nicht gesendet.</translation>
  </message>
  <message>
   <source>Left empty, devices get no Wi-Fi.</source>
   <translation>Ohne Angabe erhalten die Geräte kein WLAN.</translation>
  </message>
  <message>
   <source>Many devices in a row</source>
   <translation>Viele Geräte nacheinander</translation>
  </message>
  <message>
   <source>Matter devices join</source>
   <translation>Matter-Geräte kommen in</translation>
  </message>
  <message>
   <source>Names</source>
   <translation>Namen</translation>
  </message>
  <message>
   <source>One place for the number is needed, such as “Lamp {n:02}”.</source>
   <translation>Genau eine Stelle für die Nummer ist nötig, etwa „Lampe {n:02}“.</translation>
  </message>
  <message>
   <source>Room</source>
   <translation>Raum</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>Starten</translation>
  </message>
  <message>
   <source>Wi-Fi network</source>
   <translation>WLAN</translation>
  </message>
  <message>
   <source>Wi-Fi password</source>
   <translation>WLAN-Passwort</translation>
  </message>
  <message>
   <source>{names}, …</source>
   <translation>{names}, …</translation>
  </message>
  <message>
   <source>{n} is the number. Left empty, devices keep their own names.</source>
   <translation>{n} ist die Nummer. Ohne Angabe behalten die Geräte ihre eigenen Namen.</translation>
  </message>
 </context>
 <context>
  <name>BrokenLink</name>
  <message>
   <source>Idle</source>
   <translation>Ruhe</translation>
  </message>
 </context>
 <context>
  <name>CaLearning</name>
  <message>
   <source>Address of the RADIUS server</source>
   <translation>Adresse des RADIUS-Servers</translation>
  </message>
  <message>
   <source>Another server answers for this network</source>
   <translation>Für dieses Netz antwortet ein anderer Server</translation>
  </message>
  <message>
   <source>Anyone can run such a server. Compare the fingerprint with your administrator's.</source>
   <translation>So einen Server kann jeder betreiben. Vergleichen Sie den Fingerabdruck mit dem Ihres Administrators.</translation>
  </message>
  <message>
   <source>Ask server</source>
   <translation>Server fragen</translation>
  </message>
  <message>
   <source>Asking the server</source>
   <translation>Der Server wird gefragt</translation>
  </message>
  <message>
   <source>From your administrator. It is not kept.</source>
   <translation>Von Ihrem Administrator. Es wird nicht gespeichert.</translation>
  </message>
  <message>
   <source>Hand over nothing there. Tell your administrator.</source>
   <translation>Übergeben Sie dort nichts. Informieren Sie Ihren Administrator.</translation>
  </message>
  <message>
   <source>It is another one</source>
   <translation>Er ist ein anderer</translation>
  </message>
  <message>
   <source>It is the same</source>
   <translation>Er ist derselbe</translation>
  </message>
  <message>
   <source>Its secret with this computer</source>
   <translation>Sein Geheimnis mit diesem Computer</translation>
  </message>
  <message>
   <source>Names in its certificate: {names}</source>
   <translation>Namen in seinem Zertifikat: {names}</translation>
  </message>
  <message>
   <source>The server sends this CA: {name}</source>
   <translation>Der Server sendet diese CA: {name}</translation>
  </message>
 </context>
 <context>
  <name>CameraCard</name>
  <message>
   <source>Camera</source>
   <translation>Kamera</translation>
  </message>
  <message>
   <source>Choose a camera</source>
   <translation>Kamera wählen</translation>
  </message>
  <message>
   <source>It is on only while a page reads labels.</source>
   <translation>Sie ist nur an, solange eine Seite Etiketten liest.</translation>
  </message>
  <message>
   <source>The system's camera</source>
   <translation>Kamera des Systems</translation>
  </message>
 </context>
 <context>
  <name>CameraPicker</name>
  <message>
   <source>Camera</source>
   <translation>Kamera</translation>
  </message>
  <message>
   <source>Mirror the picture</source>
   <translation>Bild spiegeln</translation>
  </message>
 </context>
 <context>
  <name>ChainPicture</name>
  <message>
   <source>From the owner to the device</source>
   <translation>Vom Eigentümer zum Gerät</translation>
  </message>
 </context>
 <context>
  <name>CheckButton</name>
  <message>
   <source>Check again</source>
   <translation>Neu prüfen</translation>
  </message>
  <message>
   <source>Checking</source>
   <translation>Wird geprüft</translation>
  </message>
 </context>
 <context>
  <name>CheckCard</name>
  <message>
   <source>Check from this computer</source>
   <translation>Von diesem Computer aus prüfen</translation>
  </message>
  <message>
   <source>Hand over without a check</source>
   <translation>Ohne Prüfung übergeben</translation>
  </message>
  <message>
   <source>Save folder for administrator</source>
   <translation>Ordner für Administration speichern</translation>
  </message>
  <message>
   <source>With a certificate made for this check alone</source>
   <translation>Mit einem Zertifikat nur für diese Prüfung</translation>
  </message>
 </context>
 <context>
  <name>CloseQuestion</name>
  <message>
   <source>A device is receiving its credentials</source>
   <translation>Ein Gerät erhält gerade seine Zugangsdaten</translation>
  </message>
  <message>
   <source>Close Companion?</source>
   <translation>Companion schließen?</translation>
  </message>
  <message>
   <source>Close anyway</source>
   <translation>Trotzdem schließen</translation>
  </message>
  <message>
   <source>If Companion closes now, the device may be left partly set up. You can finish it later.</source>
   <translation>Wird Companion jetzt geschlossen, ist das Gerät vielleicht nur teilweise eingerichtet. Das lässt sich später abschließen.</translation>
  </message>
  <message>
   <source>Keep going</source>
   <translation>Weitermachen</translation>
  </message>
 </context>
 <context>
  <name>CloudCard</name>
  <message>
   <source>Check</source>
   <translation>Prüfen</translation>
  </message>
  <message>
   <source>Check {name}</source>
   <translation>{name} prüfen</translation>
  </message>
  <message>
   <source>Devices connect to</source>
   <translation>Geräte verbinden sich mit</translation>
  </message>
  <message>
   <source>Import a profile</source>
   <translation>Profil importieren</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Make a profile of {name}</source>
   <translation>Ein Profil anlegen: {name}</translation>
  </message>
  <message>
   <source>New profile</source>
   <translation>Neues Profil</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>Passwort</translation>
  </message>
  <message>
   <source>Send new devices to {name}</source>
   <translation>Neue Geräte mit {name} verbinden</translation>
  </message>
  <message>
   <source>Set up</source>
   <translation>Einrichten</translation>
  </message>
  <message>
   <source>Sign in</source>
   <translation>Anmelden</translation>
  </message>
  <message>
   <source>Sign in to {name}</source>
   <translation>Bei {name} anmelden</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>Verwenden</translation>
  </message>
  <message>
   <source>Used</source>
   <translation>Verwendet</translation>
  </message>
  <message>
   <source>User name</source>
   <translation>Benutzername</translation>
  </message>
  <message>
   <source>What new RP1 devices are given to connect to. Those that have it keep it.</source>
   <translation>Womit sich neue RP1-Geräte verbinden sollen. Geräte, die schon eingerichtet sind, behalten ihr Ziel.</translation>
  </message>
  <message>
   <source>Your key store keeps it.</source>
   <translation>Ihr Schlüsselspeicher bewahrt es auf.</translation>
  </message>
 </context>
 <context>
  <name>CloudPresenter</name>
  <message>
   <source>Cloud profile</source>
   <translation>Cloud-Profil</translation>
  </message>
  <message>
   <source>Root certificates</source>
   <translation>Stammzertifikate</translation>
  </message>
 </context>
 <context>
  <name>CodeSources</name>
  <message>
   <source>Companion searches for the matching device.</source>
   <translation>Companion sucht das passende Gerät.</translation>
  </message>
  <message>
   <source>Searching…</source>
   <translation>Suche …</translation>
  </message>
  <message>
   <source>The device you chose</source>
   <translation>Das gewählte Gerät</translation>
  </message>
  <message>
   <source>The device's secret was read</source>
   <translation>Das Geheimnis des Geräts wurde gelesen</translation>
  </message>
 </context>
 <context>
  <name>CompanyFields</name>
  <message>
   <source>As in its certificate. The device rejects any other server.</source>
   <translation>Wie in seinem Zertifikat. Jeden anderen Server lehnt das Gerät ab.</translation>
  </message>
  <message>
   <source>Ask server</source>
   <translation>Server fragen</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Ändern</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>Wählen</translation>
  </message>
  <message>
   <source>Choose file</source>
   <translation>Datei wählen</translation>
  </message>
  <message>
   <source>From your administrator</source>
   <translation>Von Ihrem Administrator</translation>
  </message>
  <message>
   <source>Its identity there</source>
   <translation>Seine Identität dort</translation>
  </message>
  <message>
   <source>None yet</source>
   <translation>Noch keine</translation>
  </message>
  <message>
   <source>One line with no place but {serial}, at most 253 bytes long.</source>
   <translation>Eine Zeile ohne andere Platzhalter als {serial}, höchstens 253 Bytes lang.</translation>
  </message>
  <message>
   <source>SHA-256 {fingerprint}, until {year}</source>
   <translation>SHA-256 {fingerprint}, bis {year}</translation>
  </message>
  <message>
   <source>Server name</source>
   <translation>Servername</translation>
  </message>
  <message>
   <source>Server's CA</source>
   <translation>CA des Servers</translation>
  </message>
  <message>
   <source>{serial} stands for the device's serial number.</source>
   <translation>{serial} steht für die Seriennummer des Geräts.</translation>
  </message>
 </context>
 <context>
  <name>CompanyGate</name>
  <message>
   <source>Check again</source>
   <translation>Erneut prüfen</translation>
  </message>
  <message>
   <source>Check from this computer</source>
   <translation>Von diesem Computer aus prüfen</translation>
  </message>
  <message>
   <source>Checking</source>
   <translation>Wird geprüft</translation>
  </message>
  <message>
   <source>Choose the server's CA certificate</source>
   <translation>CA-Zertifikat des Servers wählen</translation>
  </message>
  <message>
   <source>Hand over</source>
   <translation>Übergeben</translation>
  </message>
 </context>
 <context>
  <name>ComparisonPage</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Does the device show this number?</source>
   <translation>Zeigt das Gerät diese Zahl?</translation>
  </message>
  <message>
   <source>Does your device show this number?</source>
   <translation>Zeigt Ihr Gerät diese Zahl?</translation>
  </message>
  <message>
   <source>If they differ, stop: someone may be intercepting the connection.</source>
   <translation>Wenn die Zahlen abweichen, brechen Sie ab: Möglicherweise fängt jemand die Verbindung ab.</translation>
  </message>
  <message>
   <source>It shows {number} too</source>
   <translation>Es zeigt auch {number}</translation>
  </message>
  <message>
   <source>Keyboard shortcuts are off here. Check, then choose.</source>
   <translation>Tastenkürzel sind hier aus. Prüfen Sie, dann wählen Sie.</translation>
  </message>
  <message>
   <source>Look at the real device, not at the drawing: does it show these six digits?</source>
   <translation>Sehen Sie auf das echte Gerät, nicht auf die Zeichnung: Zeigt es diese sechs Ziffern?</translation>
  </message>
  <message>
   <source>My device shows {number} too</source>
   <translation>Mein Gerät zeigt auch {number}</translation>
  </message>
  <message>
   <source>Or it shows nothing</source>
   <translation>Oder es zeigt keine Zahl</translation>
  </message>
  <message>
   <source>Or my device shows nothing</source>
   <translation>Oder mein Gerät zeigt keine Zahl</translation>
  </message>
  <message>
   <source>The virtual device is beside this page. Compare all six digits.</source>
   <translation>Das virtuelle Gerät steht neben dieser Seite. Vergleichen Sie alle sechs Ziffern.</translation>
  </message>
  <message>
   <source>They differ</source>
   <translation>Andere Zahl</translation>
  </message>
  <message>
   <source>They match</source>
   <translation>Gleiche Zahl</translation>
  </message>
  <message>
   <source>{seconds} s left to compare</source>
   <translation>Noch {seconds} s zum Vergleichen</translation>
  </message>
 </context>
 <context>
  <name>ComputerCard</name>
  <message>
   <source>Checking</source>
   <translation>Wird geprüft</translation>
  </message>
  <message>
   <source>Keys and records are in {folder}</source>
   <translation>Schlüssel und Einträge liegen in {folder}</translation>
  </message>
  <message>
   <source>Open the data folder</source>
   <translation>Datenordner öffnen</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Computer</translation>
  </message>
 </context>
 <context>
  <name>ConfirmationPage</name>
  <message>
   <source>Blink again</source>
   <translation>Noch einmal blinken</translation>
  </message>
  <message>
   <source>Blink the device</source>
   <translation>Gerät blinken lassen</translation>
  </message>
  <message>
   <source>Connect</source>
   <translation>Verbinden</translation>
  </message>
  <message>
   <source>Joins your fabric</source>
   <translation>Kommt in Ihre Fabric</translation>
  </message>
  <message>
   <source>Not this one</source>
   <translation>Nicht dieses</translation>
  </message>
  <message>
   <source>Protection</source>
   <translation>Schutz</translation>
  </message>
  <message>
   <source>Sending blink request</source>
   <translation>Blinken wird angefordert</translation>
  </message>
  <message>
   <source>The device is blinking or beeping</source>
   <translation>Das Gerät blinkt oder piept</translation>
  </message>
 </context>
 <context>
  <name>ControllerList</name>
  <message>
   <source>Hold to remove</source>
   <translation>Zum Entfernen halten</translation>
  </message>
  <message>
   <source>Removes {name} from the device. Hold this button or the space bar.</source>
   <translation>Entfernt {name} vom Gerät. Halten Sie diese Schaltfläche oder die Leertaste.</translation>
  </message>
  <message>
   <source>Who controls it</source>
   <translation>Wer es steuert</translation>
  </message>
  <message>
   <source>You</source>
   <translation>Sie</translation>
  </message>
 </context>
 <context>
  <name>DelegatesCard</name>
  <message>
   <source>Answer a request</source>
   <translation>Anfrage beantworten</translation>
  </message>
  <message>
   <source>Delegates</source>
   <translation>Bevollmächtigte</translation>
  </message>
  <message>
   <source>Hold to cut off</source>
   <translation>Zum Ausschließen halten</translation>
  </message>
  <message>
   <source>Hold to cut off {name}</source>
   <translation>Halten, um {name} auszuschließen</translation>
  </message>
  <message>
   <source>Hold to revoke</source>
   <translation>Zum Widerrufen halten</translation>
  </message>
  <message>
   <source>Hold to revoke the grant of {name}</source>
   <translation>Halten, um die Vollmacht von {name} zu widerrufen</translation>
  </message>
  <message>
   <source>Import a grant</source>
   <translation>Vollmacht importieren</translation>
  </message>
  <message>
   <source>Keep the grants of others</source>
   <translation>Vollmachten anderer behalten</translation>
  </message>
  <message>
   <source>Lost or stolen</source>
   <translation>Verloren oder gestohlen</translation>
  </message>
  <message>
   <source>Take in a report</source>
   <translation>Bericht aufnehmen</translation>
  </message>
  <message>
   <source>The computer of {name} is lost or stolen</source>
   <translation>Der Computer von {name} ist verloren oder gestohlen</translation>
  </message>
 </context>
 <context>
  <name>DelegatesPresenter</name>
  <message>
   <source>Choose a grant</source>
   <translation>Vollmacht wählen</translation>
  </message>
  <message>
   <source>Choose a report or a log</source>
   <translation>Bericht oder Protokoll wählen</translation>
  </message>
  <message>
   <source>Choose a request</source>
   <translation>Anfrage wählen</translation>
  </message>
  <message>
   <source>Save the grant</source>
   <translation>Vollmacht speichern</translation>
  </message>
 </context>
 <context>
  <name>DeviceCard</name>
  <message>
   <source>Distance of {device}</source>
   <translation>Entfernung von {device}</translation>
  </message>
  <message>
   <source>Far</source>
   <translation>Fern</translation>
  </message>
  <message>
   <source>Near</source>
   <translation>Nah</translation>
  </message>
  <message>
   <source>{device} takes part</source>
   <translation>{device} nimmt teil</translation>
  </message>
 </context>
 <context>
  <name>DeviceChoicePage</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
 </context>
 <context>
  <name>DeviceDock</name>
  <message>
   <source>Hide the device</source>
   <translation>Gerät ausblenden</translation>
  </message>
  <message>
   <source>Hold: other number</source>
   <translation>Halten: andere Zahl</translation>
  </message>
  <message>
   <source>Its button</source>
   <translation>Seine Taste</translation>
  </message>
  <message>
   <source>Its display shows {digits}</source>
   <translation>Sein Display zeigt {digits}</translation>
  </message>
  <message>
   <source>Its network</source>
   <translation>Sein Netz</translation>
  </message>
  <message>
   <source>Press: same number</source>
   <translation>Drücken: gleiche Zahl</translation>
  </message>
  <message>
   <source>Show a wrong number</source>
   <translation>Falsche Zahl zeigen</translation>
  </message>
  <message>
   <source>Show the device</source>
   <translation>Gerät zeigen</translation>
  </message>
  <message>
   <source>Simulates an intercepted connection</source>
   <translation>Simuliert eine abgefangene Verbindung</translation>
  </message>
  <message>
   <source>The virtual device</source>
   <translation>Das virtuelle Gerät</translation>
  </message>
  <message>
   <source>Virtual</source>
   <translation>Virtuell</translation>
  </message>
  <message>
   <source>Waiting {seconds} s for its button</source>
   <translation>Wartet {seconds} s auf seine Taste</translation>
  </message>
 </context>
 <context>
  <name>DeviceModel</name>
  <message>
   <source>Certificate</source>
   <translation>Zertifikat</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Protocol</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
 </context>
 <context>
  <name>DevicePanel</name>
  <message>
   <source>At its button</source>
   <translation>An der Taste</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Faults</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Other number</source>
   <translation>Andere Zahl</translation>
  </message>
  <message>
   <source>Remove device</source>
   <translation>Gerät entfernen</translation>
  </message>
  <message>
   <source>Same number</source>
   <translation>Gleiche Zahl</translation>
  </message>
  <message>
   <source>Set up from</source>
   <translation>Einrichten mit</translation>
  </message>
  <message>
   <source>Setup code</source>
   <translation>Einrichtungscode</translation>
  </message>
 </context>
 <context>
  <name>DeviceTable</name>
  <message>
   <source>Devices</source>
   <translation>Geräte</translation>
  </message>
 </context>
 <context>
  <name>DevicesPage</name>
  <message>
   <source>Add</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>Add the first device</source>
   <translation>Erstes Gerät hinzufügen</translation>
  </message>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Devices</source>
   <translation>Geräte</translation>
  </message>
  <message>
   <source>Devices that you add from this computer appear here, with their certificates.</source>
   <translation>Geräte, die Sie an diesem Computer hinzufügen, erscheinen hier mit ihren Zertifikaten.</translation>
  </message>
  <message>
   <source>Needs attention</source>
   <translation>Auffällig</translation>
  </message>
  <message>
   <source>No devices yet</source>
   <translation>Noch keine Geräte</translation>
  </message>
  <message>
   <source>No matching devices.</source>
   <translation>Keine passenden Geräte.</translation>
  </message>
  <message>
   <source>Renew the list</source>
   <translation>Liste erneuern</translation>
  </message>
  <message>
   <source>Search name, room, serial, key</source>
   <translation>Name, Raum, Seriennummer, Schlüssel suchen</translation>
  </message>
  <message>
   <source>Set up</source>
   <translation>Eingerichtet</translation>
  </message>
  <message>
   <source>Show virtual devices</source>
   <translation>Virtuelle Geräte zeigen</translation>
  </message>
  <message>
   <source>Verify again</source>
   <translation>Erneut prüfen</translation>
  </message>
  <message>
   <source>Virtual devices are listed apart from your own.</source>
   <translation>Virtuelle Geräte stehen in einer eigenen Liste.</translation>
  </message>
  <message>
   <source>Which devices</source>
   <translation>Welche Geräte</translation>
  </message>
 </context>
 <context>
  <name>DevicesPresenter</name>
  <message>
   <source>Labels (*.pdf *.svg)</source>
   <translation>Etiketten (*.pdf *.svg)</translation>
  </message>
  <message>
   <source>Read names, rooms, tags and notes of devices</source>
   <translation>Namen, Räume, Schlagwörter und Notizen von Geräten einlesen</translation>
  </message>
  <message>
   <source>Save the devices, with their names and keys</source>
   <translation>Geräte mit Namen und Schlüsseln speichern</translation>
  </message>
  <message>
   <source>Save the label</source>
   <translation>Etikett speichern</translation>
  </message>
  <message>
   <source>Tables (*.csv *.json)</source>
   <translation>Tabellen (*.csv *.json)</translation>
  </message>
 </context>
 <context>
  <name>Doors</name>
  <message>
   <source>Blinking light</source>
   <translation>Blinkendes Licht</translation>
  </message>
  <message>
   <source>From the screen</source>
   <translation>Vom Bildschirm</translation>
  </message>
  <message>
   <source>Light or sound</source>
   <translation>Licht oder Ton</translation>
  </message>
  <message>
   <source>Open a file</source>
   <translation>Datei öffnen</translation>
  </message>
  <message>
   <source>Or drop it here</source>
   <translation>Oder hier ablegen</translation>
  </message>
  <message>
   <source>Or show a code</source>
   <translation>Oder Code zeigen</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>Einfügen</translation>
  </message>
  <message>
   <source>Pick an area</source>
   <translation>Bereich wählen</translation>
  </message>
  <message>
   <source>Show the device a code</source>
   <translation>Dem Gerät einen Code zeigen</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Ton</translation>
  </message>
 </context>
 <context>
  <name>Entry</name>
  <message>
   <source>{right} of {all} groups correct</source>
   <translation>{right} von {all} Gruppen richtig</translation>
  </message>
 </context>
 <context>
  <name>EvaluationPage</name>
  <message>
   <source>Compared with: {way}</source>
   <translation>Verglichen mit: {way}</translation>
  </message>
  <message>
   <source>Left column: {way}</source>
   <translation>Linke Spalte: {way}</translation>
  </message>
  <message>
   <source>Reading its record …</source>
   <translation>Aufzeichnung wird gelesen …</translation>
  </message>
 </context>
 <context>
  <name>EventList</name>
  <message>
   <source>Events</source>
   <translation>Ereignisse</translation>
  </message>
 </context>
 <context>
  <name>FabricCard</name>
  <message>
   <source>Create</source>
   <translation>Anlegen</translation>
  </message>
  <message>
   <source>Default</source>
   <translation>Standard</translation>
  </message>
  <message>
   <source>Hold to remove</source>
   <translation>Zum Entfernen halten</translation>
  </message>
  <message>
   <source>Hold to remove {name}</source>
   <translation>Zum Entfernen von {name} halten</translation>
  </message>
  <message>
   <source>Let new devices join {name}</source>
   <translation>Neue Geräte in {name} aufnehmen</translation>
  </message>
  <message>
   <source>Matter fabrics</source>
   <translation>Matter-Fabrics</translation>
  </message>
  <message>
   <source>Name of the fabric</source>
   <translation>Name der Fabric</translation>
  </message>
  <message>
   <source>New fabric</source>
   <translation>Neue Fabric</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove {name}</source>
   <translation>{name} entfernen</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <source>Rename {name}</source>
   <translation>{name} umbenennen</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Show fabrics</source>
   <translation>Fabrics anzeigen</translation>
  </message>
  <message>
   <source>Use by default</source>
   <translation>Als Standard verwenden</translation>
  </message>
 </context>
 <context>
  <name>FabricChoice</name>
  <message>
   <source>Joins your fabric {name}</source>
   <translation>Kommt in Ihre Fabric {name}</translation>
  </message>
 </context>
 <context>
  <name>FailureList</name>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>What fails most</source>
   <translation>Häufigste Fehler</translation>
  </message>
  <message>
   <source>{count} days</source>
   <translation>{count} Tage</translation>
  </message>
 </context>
 <context>
  <name>FieldForm</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
 </context>
 <context>
  <name>Files</name>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>Copy the code's text or a picture of it, then paste again.</source>
   <translation>Kopieren Sie den Text des Codes oder ein Bild davon, und fügen Sie noch einmal ein.</translation>
  </message>
  <message>
   <source>No code in the clipboard</source>
   <translation>Kein Code in der Zwischenablage</translation>
  </message>
  <message>
   <source>Open a picture of the code</source>
   <translation>Bild des Codes öffnen</translation>
  </message>
  <message>
   <source>Pictures, PDF, video, text</source>
   <translation>Bilder, PDF, Video, Text</translation>
  </message>
 </context>
 <context>
  <name>FilterBar</name>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>No run has one</source>
   <translation>Kein Lauf hat einen</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>Heute</translation>
  </message>
  <message>
   <source>{count} days</source>
   <translation>{count} Tage</translation>
  </message>
  <message>
   <source>{value} ({count})</source>
   <translation>{value} ({count})</translation>
  </message>
 </context>
 <context>
  <name>FilterChip</name>
  <message>
   <source>{name}: {value}</source>
   <translation>{name}: {value}</translation>
  </message>
 </context>
 <context>
  <name>FirmwareCard</name>
  <message>
   <source>A rule stops the setup of a device with old firmware before it gets any credentials. What counts is what the device says.</source>
   <translation>Eine Regel stoppt das Einrichten eines Geräts mit alter Firmware, bevor es Zugangsdaten erhält. Es zählt, was das Gerät angibt.</translation>
  </message>
  <message>
   <source>Explain a file</source>
   <translation>Datei erklären</translation>
  </message>
  <message>
   <source>Firmware</source>
   <translation>Firmware</translation>
  </message>
  <message>
   <source>Hold to remove</source>
   <translation>Zum Entfernen halten</translation>
  </message>
  <message>
   <source>Hold to remove the rule for {name}</source>
   <translation>Halten, um die Regel für {name} zu entfernen</translation>
  </message>
  <message>
   <source>Keep a file</source>
   <translation>Datei aufbewahren</translation>
  </message>
  <message>
   <source>Keep a file with the rule for {name}</source>
   <translation>Eine Datei mit der Regel für {name} aufbewahren</translation>
  </message>
  <message>
   <source>Model, as the device says it</source>
   <translation>Modell, wie das Gerät es nennt</translation>
  </message>
  <message>
   <source>New rule</source>
   <translation>Neue Regel</translation>
  </message>
  <message>
   <source>Oldest version</source>
   <translation>Älteste Version</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove the rule for {name}</source>
   <translation>Regel für {name} entfernen</translation>
  </message>
  <message>
   <source>Save the rule</source>
   <translation>Regel speichern</translation>
  </message>
 </context>
 <context>
  <name>FirmwarePresenter</name>
  <message>
   <source>Choose a firmware file</source>
   <translation>Firmware-Datei auswählen</translation>
  </message>
  <message>
   <source>Public key of who should have signed it</source>
   <translation>Öffentlicher Schlüssel dessen, der sie signiert haben soll</translation>
  </message>
 </context>
 <context>
  <name>FlashingPatch</name>
  <message>
   <source>A light that blinks for the device</source>
   <translation>Ein Licht, das für das Gerät blinkt</translation>
  </message>
 </context>
 <context>
  <name>FlowControl</name>
  <message>
   <source>the device</source>
   <translation>das Gerät</translation>
  </message>
 </context>
 <context>
  <name>GrantPage</name>
  <message>
   <source>0 for no limit. Your endpoint enforces it.</source>
   <translation>0 für unbegrenzt. Ihr Endpunkt setzt es durch.</translation>
  </message>
  <message>
   <source>0: not at all.</source>
   <translation>0: gar nicht.</translation>
  </message>
  <message>
   <source>1 day</source>
   <translation>1 Tag</translation>
  </message>
  <message>
   <source>14 days</source>
   <translation>14 Tage</translation>
  </message>
  <message>
   <source>30 days</source>
   <translation>30 Tage</translation>
  </message>
  <message>
   <source>Announced deliveries</source>
   <translation>Angekündigte Lieferungen</translation>
  </message>
  <message>
   <source>Another site</source>
   <translation>Anderer Standort</translation>
  </message>
  <message>
   <source>As requested: in your fabric, with a certificate that ends with the grant.</source>
   <translation>Wie angefragt: in Ihrer Fabric, mit einem Zertifikat, das mit der Vollmacht endet.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>Überall</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>For which devices</source>
   <translation>Für welche Geräte</translation>
  </message>
  <message>
   <source>For your fabric</source>
   <translation>Für Ihre Fabric</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>How many devices</source>
   <translation>Wie viele Geräte</translation>
  </message>
  <message>
   <source>How many devices, 0 for no limit</source>
   <translation>Wie viele Geräte, 0 für unbegrenzt</translation>
  </message>
  <message>
   <source>How often it may be passed on</source>
   <translation>Wie oft sie weitergegeben werden darf</translation>
  </message>
  <message>
   <source>New devices connect to</source>
   <translation>Neue Geräte verbinden sich mit</translation>
  </message>
  <message>
   <source>Number, day and site, separated by commas. They raise no alert.</source>
   <translation>Anzahl, Tag und Standort, durch Kommas getrennt. Sie lösen keine Meldung aus.</translation>
  </message>
  <message>
   <source>Only from 06:00 to 18:00</source>
   <translation>Nur von 06:00 bis 18:00</translation>
  </message>
  <message>
   <source>Or until the end of this day, UTC</source>
   <translation>Oder bis zum Ende dieses Tages, UTC</translation>
  </message>
  <message>
   <source>Pass rights on</source>
   <translation>Rechte weitergeben</translation>
  </message>
  <message>
   <source>QR code</source>
   <translation>QR-Code</translation>
  </message>
  <message>
   <source>Separated by commas.</source>
   <translation>Durch Kommas getrennt.</translation>
  </message>
  <message>
   <source>Serial numbers</source>
   <translation>Seriennummern</translation>
  </message>
  <message>
   <source>Set up Matter devices</source>
   <translation>Matter-Geräte einrichten</translation>
  </message>
  <message>
   <source>Sign grant</source>
   <translation>Vollmacht signieren</translation>
  </message>
  <message>
   <source>UTC. Checked in your log.</source>
   <translation>UTC. In Ihrem Log geprüft.</translation>
  </message>
  <message>
   <source>Until</source>
   <translation>Bis</translation>
  </message>
  <message>
   <source>Valid for</source>
   <translation>Gültigkeit</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Was</translation>
  </message>
  <message>
   <source>What you sign</source>
   <translation>Was Sie signieren</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Wo</translation>
  </message>
  <message>
   <source>Your endpoint</source>
   <translation>Ihrem Endpunkt</translation>
  </message>
  <message>
   <source>Your own</source>
   <translation>Ihre eigenen</translation>
  </message>
 </context>
 <context>
  <name>HeldPage</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Hold this button or the space bar until the bar is full.</source>
   <translation>Halten Sie diese Schaltfläche oder die Leertaste, bis der Balken voll ist.</translation>
  </message>
  <message>
   <source>Hold until the bar is full.</source>
   <translation>Halten, bis der Balken voll ist.</translation>
  </message>
  <message>
   <source>With the pointer or the space bar, for 1.5 seconds</source>
   <translation>Mit Zeiger oder Leertaste, 1,5 Sekunden lang</translation>
  </message>
 </context>
 <context>
  <name>HsmCard</name>
  <message>
   <source>Backup file</source>
   <translation>Sicherungsdatei</translation>
  </message>
  <message>
   <source>Choose a file</source>
   <translation>Datei auswählen</translation>
  </message>
  <message>
   <source>Hardware tokens</source>
   <translation>Hardware-Token</translation>
  </message>
  <message>
   <source>Hold for one more PIN</source>
   <translation>Halten für weitere PIN</translation>
  </message>
  <message>
   <source>Hold to allow one more PIN for {name}</source>
   <translation>Halten, um eine weitere PIN für {name} zu erlauben</translation>
  </message>
  <message>
   <source>Look for tokens</source>
   <translation>Token suchen</translation>
  </message>
  <message>
   <source>Move the keys</source>
   <translation>Schlüssel verschieben</translation>
  </message>
  <message>
   <source>Move the keys to {name}</source>
   <translation>Die Schlüssel auf {name} verschieben</translation>
  </message>
  <message>
   <source>Passphrase of the backup</source>
   <translation>Passphrase der Sicherung</translation>
  </message>
  <message>
   <source>Test a signature by {name}</source>
   <translation>Testsignatur von {name}</translation>
  </message>
  <message>
   <source>Test signature</source>
   <translation>Testsignatur</translation>
  </message>
  <message>
   <source>Use it</source>
   <translation>Verwenden</translation>
  </message>
 </context>
 <context>
  <name>HsmPresenter</name>
  <message>
   <source>Choose a backup</source>
   <translation>Sicherung auswählen</translation>
  </message>
 </context>
 <context>
  <name>IdentityCard</name>
  <message>
   <source>Copy it</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Passphrase of this computer's keys</source>
   <translation>Passphrase der Schlüssel dieses Computers</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Anzeigen</translation>
  </message>
  <message>
   <source>Show the fingerprint</source>
   <translation>Fingerabdruck anzeigen</translation>
  </message>
  <message>
   <source>Your identity</source>
   <translation>Ihre Identität</translation>
  </message>
 </context>
 <context>
  <name>Inspection</name>
  <message>
   <source>Save the delivery note</source>
   <translation>Lieferschein speichern</translation>
  </message>
  <message>
   <source>Save the proof</source>
   <translation>Nachweis speichern</translation>
  </message>
 </context>
 <context>
  <name>InventoryBar</name>
  <message>
   <source>All {count} listed</source>
   <translation>Alle {count} in der Liste</translation>
  </message>
  <message>
   <source>Certificate</source>
   <translation>Zertifikat</translation>
  </message>
  <message>
   <source>Change their network</source>
   <translation>Ihr Netz ändern</translation>
  </message>
  <message>
   <source>Export as CSV</source>
   <translation>Als CSV exportieren</translation>
  </message>
  <message>
   <source>Export as JSON</source>
   <translation>Als JSON exportieren</translation>
  </message>
  <message>
   <source>Import a table</source>
   <translation>Tabelle importieren</translation>
  </message>
  <message>
   <source>No device has a tag</source>
   <translation>Kein Gerät hat ein Schlagwort</translation>
  </message>
  <message>
   <source>Query them</source>
   <translation>Abfragen</translation>
  </message>
  <message>
   <source>Renew all</source>
   <translation>Alle erneuern</translation>
  </message>
  <message>
   <source>Renew all {count}</source>
   <translation>Alle {count} erneuern</translation>
  </message>
  <message>
   <source>Renew their certificates</source>
   <translation>Ihre Zertifikate erneuern</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Table</source>
   <translation>Tabelle</translation>
  </message>
  <message>
   <source>Tag</source>
   <translation>Schlagwort</translation>
  </message>
  <message>
   <source>Tag them</source>
   <translation>Schlagwörter geben</translation>
  </message>
  <message>
   <source>due</source>
   <translation>fällig</translation>
  </message>
  <message>
   <source>expires in {days} days</source>
   <translation>läuft in {days} Tagen ab</translation>
  </message>
  <message>
   <source>{count} selected</source>
   <translation>{count} ausgewählt</translation>
  </message>
  <message>
   <source>{count} selected, the most at once</source>
   <translation>{count} ausgewählt, mehr geht nicht auf einmal</translation>
  </message>
  <message>
   <source>{tag} ({count})</source>
   <translation>{tag} ({count})</translation>
  </message>
 </context>
 <context>
  <name>KeepChoice</name>
  <message>
   <source>Another network</source>
   <translation>Ein anderes Netz</translation>
  </message>
  <message>
   <source>Its network settings stay unchanged</source>
   <translation>Seine Netzeinstellungen bleiben unverändert</translation>
  </message>
 </context>
 <context>
  <name>LabPage</name>
  <message>
   <source>A real device</source>
   <translation>Ein echtes Gerät</translation>
  </message>
  <message>
   <source>Add a device</source>
   <translation>Gerät hinzufügen</translation>
  </message>
  <message>
   <source>At a time</source>
   <translation>Gleichzeitig</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Lab</source>
   <translation>Labor</translation>
  </message>
  <message>
   <source>Open a scenario</source>
   <translation>Szenario öffnen</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <source>Save the results as CSV</source>
   <translation>Ergebnisse als CSV speichern</translation>
  </message>
  <message>
   <source>Save the results as JSON</source>
   <translation>Ergebnisse als JSON speichern</translation>
  </message>
  <message>
   <source>Save the results as JUnit XML</source>
   <translation>Ergebnisse als JUnit-XML speichern</translation>
  </message>
  <message>
   <source>Save the scenario</source>
   <translation>Szenario speichern</translation>
  </message>
  <message>
   <source>Stop at the first failure</source>
   <translation>Beim ersten Fehlschlag anhalten</translation>
  </message>
 </context>
 <context>
  <name>LabPresenter</name>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Open a scenario</source>
   <translation>Szenario öffnen</translation>
  </message>
  <message>
   <source>Save the results</source>
   <translation>Ergebnisse speichern</translation>
  </message>
  <message>
   <source>Save the scenario</source>
   <translation>Szenario speichern</translation>
  </message>
 </context>
 <context>
  <name>LeaveQuestion</name>
  <message>
   <source>End the virtual setup</source>
   <translation>Virtuelle Einrichtung beenden</translation>
  </message>
  <message>
   <source>Keep going</source>
   <translation>Weitermachen</translation>
  </message>
  <message>
   <source>The virtual device stays as it is now. You see next what a real device needs.</source>
   <translation>Das virtuelle Gerät bleibt, wie es jetzt ist. Danach sehen Sie, was ein echtes Gerät braucht.</translation>
  </message>
  <message>
   <source>This ends the setup of the virtual device</source>
   <translation>Das beendet die Einrichtung des virtuellen Geräts</translation>
  </message>
  <message>
   <source>Use a real device?</source>
   <translation>Echtes Gerät verwenden?</translation>
  </message>
 </context>
 <context>
  <name>LessonPage</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Compare again</source>
   <translation>Noch einmal vergleichen</translation>
  </message>
  <message>
   <source>Wrong number</source>
   <translation>Falsche Zahl</translation>
  </message>
 </context>
 <context>
  <name>LogCard</name>
  <message>
   <source>Check against an earlier head</source>
   <translation>Mit früherem Log-Head vergleichen</translation>
  </message>
  <message>
   <source>Log of receipts</source>
   <translation>Log der Quittungen</translation>
  </message>
 </context>
 <context>
  <name>LogPresenter</name>
  <message>
   <source>Choose a log head</source>
   <translation>Log-Head wählen</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>Activity</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>Add device</source>
   <translation>Hinzufügen</translation>
  </message>
  <message>
   <source>Devices</source>
   <translation>Geräte</translation>
  </message>
  <message>
   <source>Lab</source>
   <translation>Labor</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
 </context>
 <context>
  <name>MakerButtons</name>
  <message>
   <source>Open and send the code</source>
   <translation>Öffnen und Code senden</translation>
  </message>
  <message>
   <source>Open {host}</source>
   <translation>{host} öffnen</translation>
  </message>
  <message>
   <source>The page can also take the setup code. {host} then has it.</source>
   <translation>Die Seite nimmt auch den Einrichtungscode an. {host} hat ihn dann.</translation>
  </message>
 </context>
 <context>
  <name>MakerStrip</name>
  <message>
   <source>Open {host}</source>
   <translation>{host} öffnen</translation>
  </message>
 </context>
 <context>
  <name>ManufacturersCard</name>
  <message>
   <source>Devices are checked against lists of who vouches for them, and of what manufacturers revoked. A list of device models says how they are made ready.</source>
   <translation>Geräte werden mit Listen davon verglichen, wer für sie bürgt und was Hersteller widerrufen haben. Eine Liste von Gerätemodellen sagt, wie sie vorbereitet werden.</translation>
  </message>
  <message>
   <source>Import a list</source>
   <translation>Liste importieren</translation>
  </message>
  <message>
   <source>Import a list: {protocol}</source>
   <translation>Liste importieren: {protocol}</translation>
  </message>
  <message>
   <source>Manufacturers</source>
   <translation>Hersteller</translation>
  </message>
 </context>
 <context>
  <name>ManufacturersPresenter</name>
  <message>
   <source>Manufacturers' roots, revocations, or device models</source>
   <translation>Stammzertifikate der Hersteller, Widerrufe oder Gerätemodelle</translation>
  </message>
 </context>
 <context>
  <name>Meaning</name>
  <message>
   <source>Channel</source>
   <translation>Kanal</translation>
  </message>
  <message>
   <source>Extended PAN ID</source>
   <translation>Erweiterte PAN-ID</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>PAN ID</source>
   <translation>PAN-ID</translation>
  </message>
 </context>
 <context>
  <name>Menu</name>
  <message>
   <source>selected</source>
   <translation>ausgewählt</translation>
  </message>
 </context>
 <context>
  <name>MeshList</name>
  <message>
   <source>A network that is not in the list</source>
   <translation>Ein Netz, das nicht in der Liste steht</translation>
  </message>
 </context>
 <context>
  <name>MeshPanel</name>
  <message>
   <source>Ask {router}</source>
   <translation>{router} fragen</translation>
  </message>
  <message>
   <source>Dataset</source>
   <translation>Datensatz</translation>
  </message>
  <message>
   <source>Hexadecimal digits, as the border router's app shows them. Never written to a log.</source>
   <translation>Hexadezimale Ziffern, wie die App des Border-Routers sie zeigt. Sie werden nie in ein Protokoll geschrieben.</translation>
  </message>
  <message>
   <source>Its answer is neither encrypted nor authenticated. Ask only on a network that you trust.</source>
   <translation>Seine Antwort ist weder verschlüsselt noch authentifiziert. Fragen Sie nur in einem Netz, dem Sie vertrauen.</translation>
  </message>
  <message>
   <source>Open a file</source>
   <translation>Datei öffnen</translation>
  </message>
  <message>
   <source>This dataset belongs to a different network.</source>
   <translation>Dieser Datensatz gehört zu einem anderen Netz.</translation>
  </message>
 </context>
 <context>
  <name>NameForm</name>
  <message>
   <source>At most {count} words of {length} characters.</source>
   <translation>Höchstens {count} Wörter mit {length} Zeichen.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <source>Room</source>
   <translation>Raum</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Schlagwörter</translation>
  </message>
 </context>
 <context>
  <name>NearbyList</name>
  <message>
   <source>No code? Nearby and ready</source>
   <translation>Kein Code? In der Nähe und bereit</translation>
  </message>
  <message>
   <source>Searching.</source>
   <translation>Suche läuft.</translation>
  </message>
  <message>
   <source>Searching. 1 other device is not in setup mode.</source>
   <translation>Suche läuft. 1 weiteres Gerät ist nicht im Einrichtungsmodus.</translation>
  </message>
  <message>
   <source>Searching. No device in setup mode yet.</source>
   <translation>Suche läuft. Noch kein Gerät im Einrichtungsmodus.</translation>
  </message>
  <message>
   <source>Searching. {count} other devices are not in setup mode.</source>
   <translation>Suche läuft. {count} weitere Geräte sind nicht im Einrichtungsmodus.</translation>
  </message>
 </context>
 <context>
  <name>NetworkForm</name>
  <message>
   <source>A Wi-Fi network's name has 1 to 32 characters.</source>
   <translation>Der Name eines WLANs hat 1 bis 32 Zeichen.</translation>
  </message>
  <message>
   <source>A Wi-Fi password has 8 to 63 characters.</source>
   <translation>Ein WLAN-Passwort hat 8 bis 63 Zeichen.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Change the network of {count} devices</source>
   <translation>Netz von {count} Geräten ändern</translation>
  </message>
  <message>
   <source>The devices have to be in range, one after the other. Each keeps its name and room; one that can't join the network keeps the one that it has.</source>
   <translation>Die Geräte müssen nacheinander in Reichweite sein. Jedes behält Namen und Raum; ein Gerät, das dem Netz nicht beitreten kann, behält sein bisheriges.</translation>
  </message>
  <message>
   <source>Wi-Fi network</source>
   <translation>WLAN</translation>
  </message>
  <message>
   <source>Wi-Fi password</source>
   <translation>WLAN-Passwort</translation>
  </message>
 </context>
 <context>
  <name>NetworkList</name>
  <message>
   <source>A network that is not in the list</source>
   <translation>Ein Netz, das nicht in der Liste steht</translation>
  </message>
 </context>
 <context>
  <name>NetworkPage</name>
  <message>
   <source>Asking the border router</source>
   <translation>Border-Router wird gefragt</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose a file with a dataset</source>
   <translation>Datei mit einem Datensatz wählen</translation>
  </message>
  <message>
   <source>Device is scanning</source>
   <translation>Gerät sucht</translation>
  </message>
  <message>
   <source>Hand over</source>
   <translation>Übergeben</translation>
  </message>
  <message>
   <source>Hand over waits for this check</source>
   <translation>Erst nach dieser Prüfung</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name and room</source>
   <translation>Name und Raum</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>No room yet</source>
   <translation>Noch kein Raum</translation>
  </message>
  <message>
   <source>Room</source>
   <translation>Raum</translation>
  </message>
  <message>
   <source>Scan again</source>
   <translation>Neu suchen</translation>
  </message>
  <message>
   <source>Suggested again for the next device</source>
   <translation>Wird für das nächste Gerät wieder vorgeschlagen</translation>
  </message>
  <message>
   <source>Which network should it join?</source>
   <translation>In welches Netz soll es?</translation>
  </message>
 </context>
 <context>
  <name>NetworkPresenter</name>
  <message>
   <source>Save folder for administrator</source>
   <translation>Ordner für Administration speichern</translation>
  </message>
  <message>
   <source>This file contains no certificate.</source>
   <translation>Diese Datei enthält kein Zertifikat.</translation>
  </message>
 </context>
 <context>
  <name>NoCamera</name>
  <message>
   <source>Allow it in the system's privacy settings. It then starts automatically.</source>
   <translation>Erlauben Sie sie in den Datenschutzeinstellungen des Systems. Sie startet dann automatisch.</translation>
  </message>
  <message>
   <source>Allow the camera</source>
   <translation>Kamera erlauben</translation>
  </message>
  <message>
   <source>Another app may be using it. Close that app, or connect another camera.</source>
   <translation>Möglicherweise verwendet sie eine andere App. Schließen Sie diese, oder schließen Sie eine andere Kamera an.</translation>
  </message>
  <message>
   <source>Camera access is off</source>
   <translation>Kein Zugriff auf die Kamera</translation>
  </message>
  <message>
   <source>Connect one and it starts automatically. If one is connected, another app may be using it or access may be off.</source>
   <translation>Schließen Sie eine an, sie startet automatisch. Ist eine angeschlossen, verwendet sie möglicherweise eine andere App, oder der Zugriff ist gesperrt.</translation>
  </message>
  <message>
   <source>No camera found</source>
   <translation>Keine Kamera gefunden</translation>
  </message>
  <message>
   <source>No image from the camera</source>
   <translation>Kein Bild von der Kamera</translation>
  </message>
  <message>
   <source>Open the settings</source>
   <translation>Einstellungen öffnen</translation>
  </message>
  <message>
   <source>The image is only used to find codes. It never leaves this computer.</source>
   <translation>Das Bild dient nur der Suche nach Codes. Es verlässt diesen Computer nie.</translation>
  </message>
  <message>
   <source>Try a virtual device</source>
   <translation>Virtuelles Gerät testen</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Use the camera?</source>
   <translation>Kamera verwenden?</translation>
  </message>
  <message>
   <source>What is missing?</source>
   <translation>Was fehlt?</translation>
  </message>
 </context>
 <context>
  <name>NoRuns</name>
  <message>
   <source>Every device you set up and every failed attempt appears here.</source>
   <translation>Jedes eingerichtete Gerät und jeder fehlgeschlagene Versuch erscheint hier.</translation>
  </message>
  <message>
   <source>No runs yet</source>
   <translation>Noch keine Läufe</translation>
  </message>
 </context>
 <context>
  <name>ObstaclePage</name>
  <message>
   <source>Stop</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Stopping undoes the setup.</source>
   <translation>Beenden macht die Einrichtung rückgängig.</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
 </context>
 <context>
  <name>OctetsCard</name>
  <message>
   <source>As sent</source>
   <translation>Wie gesendet</translation>
  </message>
  <message>
   <source>Decoded</source>
   <translation>Dekodiert</translation>
  </message>
  <message>
   <source>How messages are shown</source>
   <translation>Wie Nachrichten gezeigt werden</translation>
  </message>
  <message>
   <source>Message before</source>
   <translation>Vorige Nachricht</translation>
  </message>
  <message>
   <source>Next message</source>
   <translation>Nächste Nachricht</translation>
  </message>
  <message>
   <source>Octet by octet, without what is encrypted or secret.</source>
   <translation>Oktett für Oktett, ohne das, was verschlüsselt oder geheim ist.</translation>
  </message>
  <message>
   <source>Octets</source>
   <translation>Oktette</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Zeitachse</translation>
  </message>
 </context>
 <context>
  <name>OutcomeCard</name>
  <message>
   <source>Open timeline</source>
   <translation>Zeitachse</translation>
  </message>
  <message>
   <source>Seconds per step</source>
   <translation>Sekunden pro Schritt</translation>
  </message>
  <message>
   <source>a box: half of all, median</source>
   <translation>ein Kasten: die Hälfte</translation>
  </message>
  <message>
   <source>a dot: one run</source>
   <translation>ein Punkt: ein Lauf</translation>
  </message>
  <message>
   <source>failed here</source>
   <translation>hier fehlgeschlagen</translation>
  </message>
 </context>
 <context>
  <name>OutcomeStrip</name>
  <message>
   <source>Run {number}: {state}</source>
   <translation>Lauf {number}: {state}</translation>
  </message>
  <message>
   <source>after a retry</source>
   <translation>nach erneutem Versuch</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>first try</source>
   <translation>beim ersten Versuch</translation>
  </message>
  <message>
   <source>running</source>
   <translation>läuft</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
 </context>
 <context>
  <name>PaletteDialog</name>
  <message>
   <source>A page, a device, a run, or what to do</source>
   <translation>Seite, Gerät, Lauf oder was zu tun ist</translation>
  </message>
  <message>
   <source>Go to</source>
   <translation>Gehe zu</translation>
  </message>
  <message>
   <source>What was found</source>
   <translation>Gefundenes</translation>
  </message>
 </context>
 <context>
  <name>PassphrasePage</name>
  <message>
   <source>At least eight characters.</source>
   <translation>Mindestens acht Zeichen.</translation>
  </message>
  <message>
   <source>Choose a passphrase for your keys</source>
   <translation>Wählen Sie eine Passphrase für Ihre Schlüssel</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Keys on a hardware token</source>
   <translation>Schlüssel auf einem Hardware-Token</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>Nicht jetzt</translation>
  </message>
  <message>
   <source>One PIN is left for {token} before Companion stops.</source>
   <translation>Für {token} bleibt eine PIN, bevor Companion aufhört.</translation>
  </message>
  <message>
   <source>PIN</source>
   <translation>PIN</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>Passphrase</translation>
  </message>
  <message>
   <source>Repeat passphrase</source>
   <translation>Passphrase wiederholen</translation>
  </message>
  <message>
   <source>The PIN of {token}. After two wrong ones Companion stops, before the token locks.</source>
   <translation>Die PIN von {token}. Nach zwei falschen hört Companion auf, bevor sich das Token sperrt.</translation>
  </message>
  <message>
   <source>The passphrase that you chose for Companion's key file.</source>
   <translation>Die Passphrase, die Sie für Companions Schlüsseldatei gewählt haben.</translation>
  </message>
  <message>
   <source>They sign there and can't be copied from there.</source>
   <translation>Sie signieren dort und lassen sich von dort nicht kopieren.</translation>
  </message>
  <message>
   <source>This PIN was wrong for {token}. Companion sends one more, then stops.</source>
   <translation>Diese PIN war für {token} falsch. Companion sendet noch eine und hört dann auf.</translation>
  </message>
  <message>
   <source>This system has no key store, so the passphrase protects them.</source>
   <translation>Dieses System hat keinen Schlüsselspeicher, daher schützt sie die Passphrase.</translation>
  </message>
  <message>
   <source>Unlock your hardware token</source>
   <translation>Entsperren Sie Ihr Hardware-Token</translation>
  </message>
  <message>
   <source>Unlock your keys</source>
   <translation>Entsperren Sie Ihre Schlüssel</translation>
  </message>
  <message>
   <source>Without it, no one can recover them, not even us.</source>
   <translation>Ohne sie kann niemand die Schlüssel wiederherstellen, auch wir nicht.</translation>
  </message>
  <message>
   <source>Your keys are kept in an encrypted file</source>
   <translation>Ihre Schlüssel liegen in einer verschlüsselten Datei</translation>
  </message>
 </context>
 <context>
  <name>PassphrasePanel</name>
  <message>
   <source>Exactly as shown on the router.</source>
   <translation>Genau wie am Router angegeben.</translation>
  </message>
  <message>
   <source>From the key store</source>
   <translation>Aus dem Schlüsselspeicher</translation>
  </message>
  <message>
   <source>It is never written to a log.</source>
   <translation>Es wird nie in ein Protokoll geschrieben.</translation>
  </message>
  <message>
   <source>Network name</source>
   <translation>Name des Netzes</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>Passwort</translation>
  </message>
  <message>
   <source>Protection</source>
   <translation>Schutz</translation>
  </message>
  <message>
   <source>This network is open: anyone nearby can read unencrypted traffic.</source>
   <translation>Dieses Netz ist offen: Jede Person in der Nähe kann unverschlüsselten Verkehr lesen.</translation>
  </message>
 </context>
 <context>
  <name>Picture</name>
  <message>
   <source>Starting the camera</source>
   <translation>Kamera startet</translation>
  </message>
 </context>
 <context>
  <name>ProblemPage</name>
  <message>
   <source>Copied</source>
   <translation>Kopiert</translation>
  </message>
  <message>
   <source>Copy report</source>
   <translation>Bericht kopieren</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Use another code</source>
   <translation>Anderer Code</translation>
  </message>
  <message>
   <source>What to do</source>
   <translation>Was zu tun ist</translation>
  </message>
 </context>
 <context>
  <name>ProfileForm</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose file</source>
   <translation>Datei wählen</translation>
  </message>
  <message>
   <source>Root certificates of your company</source>
   <translation>Stammzertifikate Ihrer Firma</translation>
  </message>
  <message>
   <source>Save profile</source>
   <translation>Profil speichern</translation>
  </message>
 </context>
 <context>
  <name>ProgressPage</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>seconds in this step</source>
   <translation>Sekunden in diesem Schritt</translation>
  </message>
 </context>
 <context>
  <name>PromptStage</name>
  <message>
   <source>Or the device shows nothing</source>
   <translation>Oder das Gerät zeigt nichts</translation>
  </message>
  <message>
   <source>The device shows this number</source>
   <translation>Das Gerät zeigt diese Zahl</translation>
  </message>
  <message>
   <source>They differ</source>
   <translation>Sie sind verschieden</translation>
  </message>
  <message>
   <source>They match</source>
   <translation>Sie sind gleich</translation>
  </message>
 </context>
 <context>
  <name>RadioCard</name>
  <message>
   <source>Use this one</source>
   <translation>Diesen benutzen</translation>
  </message>
  <message>
   <source>Use {radio}</source>
   <translation>{radio} benutzen</translation>
  </message>
 </context>
 <context>
  <name>RadiosSection</name>
  <message>
   <source>Companion hears and connects through the one in use.</source>
   <translation>Companion hört und verbindet sich über den, der benutzt wird.</translation>
  </message>
  <message>
   <source>Radios</source>
   <translation>Funkadapter</translation>
  </message>
  <message>
   <source>Record what goes over the air</source>
   <translation>Funkverkehr aufzeichnen</translation>
  </message>
  <message>
   <source>Until Companion ends, the octets of each run are kept in a file for you alone (the newest 20), in the Lab of runs that follow one another. What a protocol does not encrypt, such as a Wi-Fi password of Improv, can be read in it.</source>
   <translation>Bis Companion endet, werden die Oktette jedes Laufs in einer Datei nur für Sie aufbewahrt (die neuesten 20), im Labor die von Läufen, die aufeinander folgen. Was ein Protokoll nicht verschlüsselt, etwa ein WLAN-Passwort von Improv, ist darin zu lesen.</translation>
  </message>
 </context>
 <context>
  <name>RealDevicePage</name>
  <message>
   <source>Add your device</source>
   <translation>Ihr Gerät einrichten</translation>
  </message>
 </context>
 <context>
  <name>Recognition</name>
  <message>
   <source>Choose one here, or show only one code.</source>
   <translation>Wählen Sie einen aus, oder zeigen Sie nur einen Code.</translation>
  </message>
  <message>
   <source>Choose the one that is on the device's label.</source>
   <translation>Wählen Sie den, der auf dem Etikett des Geräts steht.</translation>
  </message>
  <message>
   <source>Find its ownership voucher</source>
   <translation>Den Ownership Voucher suchen</translation>
  </message>
  <message>
   <source>It transfers a device to you. Turn the device on, nearby.</source>
   <translation>Damit wird ein Gerät auf Sie übertragen. Schalten Sie es in der Nähe ein.</translation>
  </message>
  <message>
   <source>Network {name} saved for your device</source>
   <translation>Netz {name} für Ihr Gerät gemerkt</translation>
  </message>
  <message>
   <source>Now show the device's own code. You can then select this network for it.</source>
   <translation>Zeigen Sie jetzt den Code des Geräts. Danach können Sie dieses Netz dafür auswählen.</translation>
  </message>
  <message>
   <source>Several codes in view. Which one?</source>
   <translation>Mehrere Codes im Bild. Welcher?</translation>
  </message>
  <message>
   <source>Several codes on the tag. Which one?</source>
   <translation>Mehrere Codes auf dem Tag. Welcher?</translation>
  </message>
  <message>
   <source>Take over device</source>
   <translation>Gerät übernehmen</translation>
  </message>
 </context>
 <context>
  <name>RegistryCard</name>
  <message>
   <source>A PostgreSQL server that a team shares. Leave it empty for this computer.</source>
   <translation>Ein PostgreSQL-Server, den sich ein Team teilt. Leer heißt: dieser Computer.</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <source>Forget</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <source>It is kept in the key store. Without one here, ~/.pgpass and PGPASSWORD count.</source>
   <translation>Es wird im Schlüsselspeicher aufbewahrt. Ohne eines hier gelten ~/.pgpass und PGPASSWORD.</translation>
  </message>
  <message>
   <source>It is kept with what you do: runs, edits, answers.</source>
   <translation>Er steht bei dem, was Sie tun: Läufe, Änderungen, Antworten.</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>Passwort</translation>
  </message>
  <message>
   <source>Registry</source>
   <translation>Registry</translation>
  </message>
  <message>
   <source>Use it</source>
   <translation>Verwenden</translation>
  </message>
  <message>
   <source>Your name</source>
   <translation>Ihr Name</translation>
  </message>
 </context>
 <context>
  <name>RemovalPage</name>
  <message>
   <source>Hold to remove from here</source>
   <translation>Zum Entfernen halten</translation>
  </message>
 </context>
 <context>
  <name>ReplayBar</name>
  <message>
   <source>Next event</source>
   <translation>Nächstes Ereignis</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Previous event</source>
   <translation>Vorheriges Ereignis</translation>
  </message>
  <message>
   <source>Replay</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Replay from here</source>
   <translation>Ab hier abspielen</translation>
  </message>
  <message>
   <source>Show pages</source>
   <translation>Seiten zeigen</translation>
  </message>
  <message>
   <source>Speed: {speed}</source>
   <translation>Tempo: {speed}</translation>
  </message>
  <message>
   <source>{speed}×</source>
   <translation>{speed}×</translation>
  </message>
 </context>
 <context>
  <name>ReplayPage</name>
  <message>
   <source>Back to Activity</source>
   <translation>Zurück zum Verlauf</translation>
  </message>
  <message>
   <source>Event {number} of {count}, {time}</source>
   <translation>Ereignis {number} von {count}, {time}</translation>
  </message>
  <message>
   <source>Events of the run</source>
   <translation>Ereignisse des Laufs</translation>
  </message>
  <message>
   <source>Next event</source>
   <translation>Nächstes Ereignis</translation>
  </message>
  <message>
   <source>Nothing here reaches a device.</source>
   <translation>Nichts hier erreicht ein Gerät.</translation>
  </message>
  <message>
   <source>Nothing here reaches a device. {name}, {summary}</source>
   <translation>Nichts hier erreicht ein Gerät. {name}, {summary}</translation>
  </message>
  <message>
   <source>Previous event</source>
   <translation>Vorheriges Ereignis</translation>
  </message>
  <message>
   <source>Replay</source>
   <translation>Wiedergabe</translation>
  </message>
 </context>
 <context>
  <name>ReplayStage</name>
  <message>
   <source>This is a replay: nothing here can be pressed.</source>
   <translation>Das ist eine Wiedergabe: Hier lässt sich nichts drücken.</translation>
  </message>
 </context>
 <context>
  <name>RequirementRow</name>
  <message>
   <source>Copy the command</source>
   <translation>Befehl kopieren</translation>
  </message>
 </context>
 <context>
  <name>RequirementsPage</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Try a virtual device</source>
   <translation>Virtuell testen</translation>
  </message>
 </context>
 <context>
  <name>ResetPage</name>
  <message>
   <source>Hold to reset</source>
   <translation>Zum Zurücksetzen halten</translation>
  </message>
 </context>
 <context>
  <name>RestorePage</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Backup file</source>
   <translation>Sicherungsdatei</translation>
  </message>
  <message>
   <source>Choose a file</source>
   <translation>Datei wählen</translation>
  </message>
  <message>
   <source>Passphrase of the backup</source>
   <translation>Passphrase der Sicherung</translation>
  </message>
  <message>
   <source>Restore</source>
   <translation>Wiederherstellen</translation>
  </message>
  <message>
   <source>Restore a backup</source>
   <translation>Sicherung wiederherstellen</translation>
  </message>
  <message>
   <source>Show contents</source>
   <translation>Inhalt anzeigen</translation>
  </message>
  <message>
   <source>You see its contents before anything is written.</source>
   <translation>Sie sehen den Inhalt, bevor etwas geschrieben wird.</translation>
  </message>
 </context>
 <context>
  <name>RestorePresenter</name>
  <message>
   <source>Choose a backup</source>
   <translation>Sicherung wählen</translation>
  </message>
 </context>
 <context>
  <name>RetentionCard</name>
  <message>
   <source>1 year</source>
   <translation>1 Jahr</translation>
  </message>
  <message>
   <source>2 years</source>
   <translation>2 Jahre</translation>
  </message>
  <message>
   <source>90 days</source>
   <translation>90 Tage</translation>
  </message>
  <message>
   <source>For ever</source>
   <translation>Für immer</translation>
  </message>
  <message>
   <source>How long runs are kept</source>
   <translation>Wie lange Läufe aufbewahrt werden</translation>
  </message>
  <message>
   <source>Keep them</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Old runs</source>
   <translation>Alte Läufe</translation>
  </message>
  <message>
   <source>Remove them</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>With a limit, what happened in older runs is removed as new ones end. Devices, certificates, receipts, the log, revocations, grants and alerts stay for ever, with the outcomes of runs that they came of.</source>
   <translation>Mit einer Grenze wird, was in älteren Läufen geschah, mit dem Ende neuer Läufe entfernt. Geräte, Zertifikate, Quittungen, das Log, Widerrufe, Vollmachten und Meldungen bleiben für immer, mit den Ergebnissen der Läufe, aus denen sie stammen.</translation>
  </message>
 </context>
 <context>
  <name>RevocationPage</name>
  <message>
   <source>Broken or retired</source>
   <translation>Defekt oder ausgemustert</translation>
  </message>
  <message>
   <source>Hold to revoke</source>
   <translation>Zum Widerrufen halten</translation>
  </message>
  <message>
   <source>It is lost</source>
   <translation>Es ist verloren</translation>
  </message>
  <message>
   <source>It is out of use</source>
   <translation>Es ist außer Betrieb</translation>
  </message>
  <message>
   <source>It was stolen</source>
   <translation>Es wurde gestohlen</translation>
  </message>
  <message>
   <source>Its key may be compromised</source>
   <translation>Sein Schlüssel ist möglicherweise kompromittiert</translation>
  </message>
  <message>
   <source>Its location is unknown</source>
   <translation>Sein Standort ist unbekannt</translation>
  </message>
  <message>
   <source>Someone could impersonate it</source>
   <translation>Jemand könnte sich als das Gerät ausgeben</translation>
  </message>
  <message>
   <source>Someone else has it</source>
   <translation>Jemand anderes hat es</translation>
  </message>
 </context>
 <context>
  <name>RiskPage</name>
  <message>
   <source>Continue anyway</source>
   <translation>Trotzdem fortfahren</translation>
  </message>
  <message>
   <source>I know who can listen here</source>
   <translation>Ich weiß, wer hier mithören kann</translation>
  </message>
  <message>
   <source>Nothing is sent to the device</source>
   <translation>An das Gerät wird nichts gesendet</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Beenden</translation>
  </message>
 </context>
 <context>
  <name>Rooms</name>
  <message>
   <source>Its name</source>
   <translation>Sein Name</translation>
  </message>
  <message>
   <source>New room</source>
   <translation>Neuer Raum</translation>
  </message>
 </context>
 <context>
  <name>RunArea</name>
  <message>
   <source>This device exists in this computer only. Its keys and records are separate from yours.</source>
   <translation>Nur in diesem Computer. Schlüssel und Einträge sind von Ihren getrennt.</translation>
  </message>
  <message>
   <source>Use a real device</source>
   <translation>Echtes Gerät verwenden</translation>
  </message>
  <message>
   <source>Virtual</source>
   <translation>Virtuell</translation>
  </message>
 </context>
 <context>
  <name>RunComparison</name>
  <message>
   <source>Another run</source>
   <translation>Anderer Lauf</translation>
  </message>
  <message>
   <source>Both runs, event by event</source>
   <translation>Beide Läufe, Ereignis für Ereignis</translation>
  </message>
  <message>
   <source>Next difference</source>
   <translation>Nächster Unterschied</translation>
  </message>
  <message>
   <source>Swap</source>
   <translation>Tauschen</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Zeitachse</translation>
  </message>
  <message>
   <source>not finished</source>
   <translation>nicht beendet</translation>
  </message>
 </context>
 <context>
  <name>RunList</name>
  <message>
   <source>Runs</source>
   <translation>Läufe</translation>
  </message>
 </context>
 <context>
  <name>RunTimeline</name>
  <message>
   <source>Computer</source>
   <translation>Computer</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>Timeline of {name}</source>
   <translation>Zeitachse von {name}</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} s</translation>
  </message>
 </context>
 <context>
  <name>SameSerialPage</name>
  <message>
   <source>A replacement</source>
   <translation>Ein Ersatz</translation>
  </message>
  <message>
   <source>Another device</source>
   <translation>Ein anderes Gerät</translation>
  </message>
  <message>
   <source>Keep both. This one gets its own number</source>
   <translation>Beide behalten. Dieses bekommt eine eigene Nummer</translation>
  </message>
  <message>
   <source>The other device's certificates are revoked</source>
   <translation>Die Zertifikate des anderen Geräts werden widerrufen</translation>
  </message>
 </context>
 <context>
  <name>ScanPage</name>
  <message>
   <source>As on the label</source>
   <translation>Wie auf dem Etikett</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Compare the ways to set a device up</source>
   <translation>Die Wege vergleichen, ein Gerät einzurichten</translation>
  </message>
  <message>
   <source>Compare ways</source>
   <translation>Wege vergleichen</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>Ausblenden</translation>
  </message>
  <message>
   <source>Finish it now</source>
   <translation>Jetzt fertig einrichten</translation>
  </message>
  <message>
   <source>Hold the label in front of the camera, or use another way to enter the code.</source>
   <translation>Halten Sie das Etikett vor die Kamera, oder geben Sie den Code anders ein.</translation>
  </message>
  <message>
   <source>Hold the label to the camera or its tag to the NFC reader, or use another way.</source>
   <translation>Halten Sie das Etikett vor die Kamera oder das NFC-Tag an das Lesegerät, oder nutzen Sie einen anderen Weg.</translation>
  </message>
  <message>
   <source>Many devices</source>
   <translation>Viele Geräte</translation>
  </message>
  <message>
   <source>No usable camera. Enter the code in another way.</source>
   <translation>Keine nutzbare Kamera. Geben Sie den Code anders ein.</translation>
  </message>
  <message>
   <source>Or hold the device's tag to the NFC reader.</source>
   <translation>Oder halten Sie das NFC-Tag des Geräts an das Lesegerät.</translation>
  </message>
  <message>
   <source>Or scan it with the camera.</source>
   <translation>Oder scannen Sie ihn mit der Kamera.</translation>
  </message>
  <message>
   <source>Press the device's button, then hold its camera here, out of others' view.</source>
   <translation>Drücken Sie die Taste des Geräts und halten Sie seine Kamera hierher, ohne dass andere es sehen.</translation>
  </message>
  <message>
   <source>Scan your device's code</source>
   <translation>Code des Geräts scannen</translation>
  </message>
  <message>
   <source>Show the code to the device</source>
   <translation>Code dem Gerät zeigen</translation>
  </message>
  <message>
   <source>Type or paste the code</source>
   <translation>Code eintippen oder einfügen</translation>
  </message>
  <message>
   <source>Type the code</source>
   <translation>Code eintippen</translation>
  </message>
 </context>
 <context>
  <name>SecretField</name>
  <message>
   <source>Hide</source>
   <translation>Verbergen</translation>
  </message>
  <message>
   <source>Hide: {what}</source>
   <translation>Verbergen: {what}</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Zeigen</translation>
  </message>
  <message>
   <source>Show: {what}</source>
   <translation>Zeigen: {what}</translation>
  </message>
 </context>
 <context>
  <name>SecretPage</name>
  <message>
   <source>As printed on the device.</source>
   <translation>Wie auf dem Gerät gedruckt.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Enter the device's secret</source>
   <translation>Geheimnis des Geräts eingeben</translation>
  </message>
  <message>
   <source>Enter what the device shows</source>
   <translation>Geben Sie ein, was das Gerät anzeigt</translation>
  </message>
  <message>
   <source>It belongs to this run alone. The device waits about a minute.</source>
   <translation>Es gilt nur für diesen Lauf. Das Gerät wartet etwa eine Minute.</translation>
  </message>
  <message>
   <source>It is never sent in plain text.</source>
   <translation>Es wird nie im Klartext gesendet.</translation>
  </message>
  <message>
   <source>It is printed on the device, its box or its manual.</source>
   <translation>Es steht auf dem Gerät, der Verpackung oder in der Anleitung.</translation>
  </message>
  <message>
   <source>Often called PoP, PIN or password. It is never sent in plain text.</source>
   <translation>Oft PoP, PIN oder Passwort genannt. Es wird nie im Klartext gesendet.</translation>
  </message>
  <message>
   <source>Secret</source>
   <translation>Geheimnis</translation>
  </message>
  <message>
   <source>User name</source>
   <translation>Benutzername</translation>
  </message>
 </context>
 <context>
  <name>SecretQuestion</name>
  <message>
   <source>Your hardware token</source>
   <translation>Ihr Hardware-Token</translation>
  </message>
  <message>
   <source>Your keys</source>
   <translation>Ihre Schlüssel</translation>
  </message>
 </context>
 <context>
  <name>SecretScreen</name>
  <message>
   <source>How it is shown</source>
   <translation>Wie er gezeigt wird</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Licht</translation>
  </message>
  <message>
   <source>New code in {minutes}:{seconds}</source>
   <translation>Neuer Code in {minutes}:{seconds}</translation>
  </message>
  <message>
   <source>QR code</source>
   <translation>QR-Code</translation>
  </message>
  <message>
   <source>The device has read it</source>
   <translation>Das Gerät hat ihn gelesen</translation>
  </message>
  <message>
   <source>The secret for the device, as a QR code</source>
   <translation>Das Geheimnis für das Gerät, als QR-Code</translation>
  </message>
 </context>
 <context>
  <name>SectionFrame</name>
  <message>
   <source>Virtual</source>
   <translation>Virtuell</translation>
  </message>
 </context>
 <context>
  <name>SettingsPage</name>
  <message>
   <source>Appearance and language</source>
   <translation>Darstellung und Sprache</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>First page</source>
   <translation>Startseite</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Larger</source>
   <translation>Größer</translation>
  </message>
  <message>
   <source>Largest</source>
   <translation>Am größten</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Normal</source>
   <translation>Normal</translation>
  </message>
  <message>
   <source>Reduced motion</source>
   <translation>Weniger Bewegung</translation>
  </message>
  <message>
   <source>Scales the whole window.</source>
   <translation>Skaliert das ganze Fenster.</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Show the first page</source>
   <translation>Startseite zeigen</translation>
  </message>
  <message>
   <source>System</source>
   <translation>System</translation>
  </message>
  <message>
   <source>System follows your desktop.</source>
   <translation>System folgt Ihrem Desktop.</translation>
  </message>
  <message>
   <source>Takes effect at once, not during a run.</source>
   <translation>Gilt sofort, nicht während eines Laufs.</translation>
  </message>
  <message>
   <source>Text size</source>
   <translation>Schriftgröße</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Farbschema</translation>
  </message>
  <message>
   <source>Turns off animations.</source>
   <translation>Schaltet Animationen aus.</translation>
  </message>
  <message>
   <source>What this computer has, a tour with a virtual device, and restoring a backup.</source>
   <translation>Was dieser Computer hat, ein Rundgang mit einem virtuellen Gerät und das Wiederherstellen einer Sicherung.</translation>
  </message>
 </context>
 <context>
  <name>SharePage</name>
  <message>
   <source>Copy digits</source>
   <translation>Ziffern kopieren</translation>
  </message>
  <message>
   <source>Each app here can remove the others. Companion too.</source>
   <translation>Jede App hier kann die anderen entfernen. Companion auch.</translation>
  </message>
  <message>
   <source>For Apple Home, Google Home, SmartThings and Home Assistant</source>
   <translation>Für Apple Home, Google Home, SmartThings und Home Assistant</translation>
  </message>
  <message>
   <source>One app can join in that time</source>
   <translation>Eine App kann in dieser Zeit beitreten</translation>
  </message>
  <message>
   <source>QR code that adds the device to another app</source>
   <translation>QR-Code, der das Gerät einer weiteren App hinzufügt</translation>
  </message>
  <message>
   <source>minutes left, then the code stops working</source>
   <translation>Minuten übrig, danach gilt der Code nicht mehr</translation>
  </message>
 </context>
 <context>
  <name>SharingQuestion</name>
  <message>
   <source>Another app can still join {name}</source>
   <translation>{name} ist noch für eine weitere App offen</translation>
  </message>
  <message>
   <source>Anyone with the code can add the device until it expires.</source>
   <translation>Wer den Code hat, kann das Gerät hinzufügen, bis er abläuft.</translation>
  </message>
  <message>
   <source>Keep sharing</source>
   <translation>Weiter teilen</translation>
  </message>
  <message>
   <source>Stay here</source>
   <translation>Hierbleiben</translation>
  </message>
  <message>
   <source>Stop sharing</source>
   <translation>Teilen beenden</translation>
  </message>
  <message>
   <source>Stop sharing?</source>
   <translation>Teilen beenden?</translation>
  </message>
 </context>
 <context>
  <name>Sheet</name>
  <message>
   <source>Draw a rectangle around the code. Enter: this screen. A: all screens. Esc: back.</source>
   <translation>Rechteck um den Code ziehen. Enter: dieser Bildschirm. A: alle Bildschirme. Esc: zurück.</translation>
  </message>
  <message>
   <source>Draw a rectangle around the code. Enter: whole screen.</source>
   <translation>Rechteck um den Code ziehen. Enter: ganzer Bildschirm.</translation>
  </message>
  <message>
   <source>Draw a rectangle around the code. Enter: whole screen. Esc: back.</source>
   <translation>Rechteck um den Code ziehen. Enter: ganzer Bildschirm. Esc: zurück.</translation>
  </message>
 </context>
 <context>
  <name>ShortcutSheet</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
 </context>
 <context>
  <name>StepChart</name>
  <message>
   <source>Run {number}</source>
   <translation>Lauf {number}</translation>
  </message>
 </context>
 <context>
  <name>Stepper</name>
  <message>
   <source>Less</source>
   <translation>Weniger</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
 </context>
 <context>
  <name>SuccessPage</name>
  <message>
   <source>Add another</source>
   <translation>Weiteres Gerät</translation>
  </message>
  <message>
   <source>Back up</source>
   <translation>Sichern</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy: {what}</source>
   <translation>Kopieren: {what}</translation>
  </message>
  <message>
   <source>No backup yet.</source>
   <translation>Noch keine Sicherung.</translation>
  </message>
  <message>
   <source>Now your real device</source>
   <translation>Jetzt Ihr echtes Gerät</translation>
  </message>
  <message>
   <source>Open device</source>
   <translation>Gerät öffnen</translation>
  </message>
 </context>
 <context>
  <name>SupportCard</name>
  <message>
   <source>One file for whoever helps you: versions, what was found on this computer, the last 20 runs. No names, networks, addresses, serial numbers, keys or secrets.</source>
   <translation>Eine Datei für alle, die Ihnen helfen: Versionen, was auf diesem Computer gefunden wurde, die letzten 20 Läufe. Keine Namen, Netze, Adressen, Seriennummern, Schlüssel oder Geheimnisse.</translation>
  </message>
  <message>
   <source>Save it</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Show what it holds</source>
   <translation>Inhalt anzeigen</translation>
  </message>
  <message>
   <source>Support</source>
   <translation>Support</translation>
  </message>
  <message>
   <source>Support bundle</source>
   <translation>Supportpaket</translation>
  </message>
 </context>
 <context>
  <name>SupportPresenter</name>
  <message>
   <source>Save the support bundle</source>
   <translation>Supportpaket speichern</translation>
  </message>
 </context>
 <context>
  <name>TagForm</name>
  <message>
   <source>At most {count} words of {length} characters.</source>
   <translation>Höchstens {count} Wörter mit {length} Zeichen.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Separated by spaces. Devices keep those they have.</source>
   <translation>Durch Leerzeichen getrennt. Vorhandene Schlagwörter bleiben.</translation>
  </message>
  <message>
   <source>Tag {count} devices</source>
   <translation>{count} Geräten Schlagwörter geben</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Schlagwörter</translation>
  </message>
 </context>
 <context>
  <name>TallyCard</name>
  <message>
   <source>This batch</source>
   <translation>Dieser Stapel</translation>
  </message>
 </context>
 <context>
  <name>TermsForm</name>
  <message>
   <source>Anyone with the token</source>
   <translation>Alle, die das Token haben</translation>
  </message>
  <message>
   <source>Days until expiry</source>
   <translation>Tage bis zum Ablauf</translation>
  </message>
  <message>
   <source>Keep network and certificate</source>
   <translation>Netz und Zertifikat behalten</translation>
  </message>
  <message>
   <source>New owner</source>
   <translation>Neuer Eigentümer</translation>
  </message>
  <message>
   <source>No file yet</source>
   <translation>Noch keine Datei</translation>
  </message>
  <message>
   <source>No one else can use it</source>
   <translation>Niemand sonst kann es verwenden</translation>
  </message>
  <message>
   <source>One owner's key</source>
   <translation>Ein bestimmter Schlüssel</translation>
  </message>
  <message>
   <source>Open key file</source>
   <translation>Schlüsseldatei öffnen</translation>
  </message>
  <message>
   <source>Send it as securely as a key</source>
   <translation>Senden Sie es so sicher wie einen Schlüssel</translation>
  </message>
  <message>
   <source>The new owner creates it with “companion trust key” and sends it to you. It is not secret.</source>
   <translation>Der neue Eigentümer erstellt sie mit „companion trust key“ und sendet sie Ihnen. Sie ist nicht geheim.</translation>
  </message>
  <message>
   <source>The new owner's public key</source>
   <translation>Öffentlicher Schlüssel des neuen Eigentümers</translation>
  </message>
  <message>
   <source>The token is valid for</source>
   <translation>Gültigkeit des Tokens</translation>
  </message>
  <message>
   <source>What stays</source>
   <translation>Was bleibt</translation>
  </message>
  <message>
   <source>days, one use</source>
   <translation>Tage, einmalig</translation>
  </message>
 </context>
 <context>
  <name>TransferPage</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Create token</source>
   <translation>Token erstellen</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Save picture</source>
   <translation>Bild speichern</translation>
  </message>
  <message>
   <source>Save text</source>
   <translation>Text speichern</translation>
  </message>
  <message>
   <source>Save the transfer token</source>
   <translation>Übertragungs-Token speichern</translation>
  </message>
 </context>
 <context>
  <name>TrustPage</name>
  <message>
   <source>A proof for others</source>
   <translation>Ein Beweis für andere</translation>
  </message>
  <message>
   <source>Ask who set it up. If that was agreed, issue a new certificate. If not, revoke the device.</source>
   <translation>Fragen Sie, wer es eingerichtet hat. War es abgesprochen, stellen Sie ein neues Zertifikat aus. Wenn nicht, widerrufen Sie das Gerät.</translation>
  </message>
  <message>
   <source>Checked just now, on this computer</source>
   <translation>Gerade eben auf diesem Computer geprüft</translation>
  </message>
  <message>
   <source>Checking every link …</source>
   <translation>Jedes Glied wird geprüft …</translation>
  </message>
  <message>
   <source>Export proof</source>
   <translation>Beweis exportieren</translation>
  </message>
  <message>
   <source>Issue a new certificate</source>
   <translation>Neues Zertifikat ausstellen</translation>
  </message>
  <message>
   <source>It can be checked without Companion, with the short program saved beside it.</source>
   <translation>Sie lässt sich ohne Companion prüfen, mit dem kurzen Programm daneben.</translation>
  </message>
  <message>
   <source>One file with the complete chain, from your key to the receipt. It contains no secrets.</source>
   <translation>Eine Datei mit der vollständigen Kette, von Ihrem Schlüssel bis zur Quittung. Sie enthält keine Geheimnisse.</translation>
  </message>
  <message>
   <source>Revoke this device</source>
   <translation>Dieses Gerät widerrufen</translation>
  </message>
  <message>
   <source>What you can do</source>
   <translation>Was Sie tun können</translation>
  </message>
 </context>
 <context>
  <name>TwoAnswersPage</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Keyboard shortcuts are off here.</source>
   <translation>Tastenkürzel sind hier aus.</translation>
  </message>
 </context>
 <context>
  <name>VoucherPage</name>
  <message>
   <source>Checked just now, on this computer</source>
   <translation>Gerade eben auf diesem Computer geprüft</translation>
  </message>
  <message>
   <source>Save the delivery note</source>
   <translation>Lieferschein speichern</translation>
  </message>
  <message>
   <source>Save voucher</source>
   <translation>Voucher speichern</translation>
  </message>
  <message>
   <source>The device</source>
   <translation>Das Gerät</translation>
  </message>
 </context>
 <context>
  <name>WayChoice</name>
  <message>
   <source>Change</source>
   <translation>Ändern</translation>
  </message>
 </context>
 <context>
  <name>WaysPage</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>What each way can give at its best. Each device later says what its own run measured.</source>
   <translation>Was jeder Weg bestenfalls leisten kann. Jedes Gerät sagt später, was bei ihm gemessen wurde.</translation>
  </message>
  <message>
   <source>Which way for this device?</source>
   <translation>Welcher Weg für dieses Gerät?</translation>
  </message>
 </context>
 <context>
  <name>WelcomePage</name>
  <message>
   <source>A device inside this computer, with its own display and button. Three clicks, no Bluetooth.</source>
   <translation>Ein Gerät in diesem Computer, mit eigenem Display und eigener Taste. Drei Klicks, ohne Bluetooth.</translation>
  </message>
  <message>
   <source>Add a device</source>
   <translation>Gerät einrichten</translation>
  </message>
  <message>
   <source>Companion needs no account and sends nothing to the internet. It creates your owner key with your first device.</source>
   <translation>Companion braucht kein Konto und sendet nichts ins Internet. Ihren Eigentümerschlüssel erzeugt es mit Ihrem ersten Gerät.</translation>
  </message>
  <message>
   <source>I have a device</source>
   <translation>Ich habe ein Gerät</translation>
  </message>
  <message>
   <source>I used Companion before</source>
   <translation>Ich habe eine Sicherung</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Restore a backup</source>
   <translation>Wiederherstellen</translation>
  </message>
  <message>
   <source>Restore your owner key and saved networks to manage your devices from this computer.</source>
   <translation>Stellen Sie Eigentümerschlüssel und gespeicherte Netze wieder her, um Ihre Geräte hier zu verwalten.</translation>
  </message>
  <message>
   <source>Set up devices over Bluetooth, and verify each one before it gets your password.</source>
   <translation>Geräte über Bluetooth einrichten und jedes prüfen, bevor es Ihr Passwort bekommt.</translation>
  </message>
  <message>
   <source>Show me a virtual one</source>
   <translation>Virtuelles Gerät zeigen</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Computer</translation>
  </message>
  <message>
   <source>Try a virtual device</source>
   <translation>Virtuell testen</translation>
  </message>
  <message>
   <source>Virtual</source>
   <translation>Virtuell</translation>
  </message>
  <message>
   <source>Welcome to Companion</source>
   <translation>Willkommen bei Companion</translation>
  </message>
 </context>
 <context>
  <name>_ComparisonStage</name>
  <message>
   <source>Look at your {device}</source>
   <translation>Sehen Sie auf: {device}</translation>
  </message>
  <message>
   <source>Look here</source>
   <translation>Hier</translation>
  </message>
  <message>
   <source>On this computer</source>
   <translation>Auf diesem Computer</translation>
  </message>
  <message>
   <source>This computer shows {digits}</source>
   <translation>Dieser Computer zeigt {digits}</translation>
  </message>
 </context>
 <context>
  <name>_Digits</name>
  <message>
   <source>Digits to type in the other app</source>
   <translation>Ziffern zum Eingeben in der anderen App</translation>
  </message>
 </context>
 <context>
  <name>_EventPainter</name>
  <message>
   <source>Computer</source>
   <translation>Computer</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Schritt</translation>
  </message>
 </context>
 <context>
  <name>_FilePanel</name>
  <message>
   <source>Choose the signer's key</source>
   <translation>Schlüssel des Signierenden auswählen</translation>
  </message>
  <message>
   <source>Close the file</source>
   <translation>Datei schließen</translation>
  </message>
 </context>
 <context>
  <name>activity</name>
  <message>
   <source>1 run</source>
   <translation>1 Lauf</translation>
  </message>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>Bluetooth controller</source>
   <translation>Bluetooth-Controller</translation>
  </message>
  <message>
   <source>Cable</source>
   <translation>Kabel</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>Compared with the nearest good run of a similar device.</source>
   <translation>Verglichen mit dem nächsten guten Lauf eines ähnlichen Geräts.</translation>
  </message>
  <message>
   <source>Compared with the nearest good run of the same device.</source>
   <translation>Verglichen mit dem nächsten guten Lauf desselben Geräts.</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Difference: only in run {run}</source>
   <translation>Unterschied: nur in Lauf {run}</translation>
  </message>
  <message>
   <source>Ending</source>
   <translation>Ausgang</translation>
  </message>
  <message>
   <source>Firmware</source>
   <translation>Firmware</translation>
  </message>
  <message>
   <source>First difference: only in run {run}</source>
   <translation>Erster Unterschied: nur in Lauf {run}</translation>
  </message>
  <message>
   <source>Interrupted</source>
   <translation>Unterbrochen</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>No failure in {days} days. {runs} runs were fine.</source>
   <translation>Kein Fehler in {days} Tagen. {runs} Läufe verliefen gut.</translation>
  </message>
  <message>
   <source>No failure. {runs} runs were fine.</source>
   <translation>Kein Fehler. {runs} Läufe verliefen gut.</translation>
  </message>
  <message>
   <source>Operation</source>
   <translation>Vorgang</translation>
  </message>
  <message>
   <source>Protocol</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>Radio</source>
   <translation>Funk</translation>
  </message>
  <message>
   <source>Run {id}</source>
   <translation>Lauf {id}</translation>
  </message>
  <message>
   <source>Run {left} beside run {right}</source>
   <translation>Lauf {left} neben Lauf {right}</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>The runs do not differ.</source>
   <translation>Die Läufe unterscheiden sich nicht.</translation>
  </message>
  <message>
   <source>There is no comparable good run yet. Choose another run.</source>
   <translation>Es gibt noch keinen vergleichbaren guten Lauf. Wählen Sie einen anderen Lauf.</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Computer</translation>
  </message>
  <message>
   <source>Virtual air</source>
   <translation>Virtueller Funkraum</translation>
  </message>
  <message>
   <source>Virtual network</source>
   <translation>Virtuelles Netz</translation>
  </message>
  <message>
   <source>Virtual radio</source>
   <translation>Virtueller Funk</translation>
  </message>
  <message>
   <source>firmware {version}</source>
   <translation>Firmware {version}</translation>
  </message>
  <message>
   <source>only in run {run}: {what}</source>
   <translation>nur in Lauf {run}: {what}</translation>
  </message>
  <message>
   <source>{count} days</source>
   <translation>{count} Tage</translation>
  </message>
  <message>
   <source>{count} runs</source>
   <translation>{count} Läufe</translation>
  </message>
  <message>
   <source>{ending} in {step}</source>
   <translation>{ending} in {step}</translation>
  </message>
  <message>
   <source>{matching} of {count} runs</source>
   <translation>{matching} von {count} Läufen</translation>
  </message>
  <message>
   <source>{title}, {where}: {count} runs, last on {date}</source>
   <translation>{title}, {where}: {count} Läufe, zuletzt am {date}</translation>
  </message>
 </context>
 <context>
  <name>administration</name>
  <message>
   <source>Another app can join</source>
   <translation>Eine weitere App kann beitreten</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Companion can never control it again</source>
   <translation>Companion kann es nie wieder steuern</translation>
  </message>
  <message>
   <source>Companion can no longer reset or share it</source>
   <translation>Companion kann es nicht mehr zurücksetzen oder teilen</translation>
  </message>
  <message>
   <source>Companion deletes its key for the device.</source>
   <translation>Companion löscht seinen Schlüssel für das Gerät.</translation>
  </message>
  <message>
   <source>Companion then no longer controls it. Other apps keep their control.</source>
   <translation>Companion steuert es danach nicht mehr. Andere Apps steuern es weiter.</translation>
  </message>
  <message>
   <source>Connection</source>
   <translation>Verbindung</translation>
  </message>
  <message>
   <source>Contacting the device</source>
   <translation>Das Gerät wird abgefragt</translation>
  </message>
  <message>
   <source>Ethernet</source>
   <translation>Ethernet</translation>
  </message>
  <message>
   <source>Every app that controls it can do what you can.</source>
   <translation>Jede App, die es steuert, kann dasselbe wie Sie.</translation>
  </message>
  <message>
   <source>Fault</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>If no other app controls it, its code works again</source>
   <translation>Steuert es keine andere App, gilt sein Code wieder</translation>
  </message>
  <message>
   <source>It must be reachable on the network</source>
   <translation>Es muss im Netz erreichbar sein</translation>
  </message>
  <message>
   <source>It stays in your list as removed, with its history.</source>
   <translation>Es bleibt als entfernt in Ihrer Liste, mit seinem Verlauf.</translation>
  </message>
  <message>
   <source>Its setup code works again after a reset, as its manual says.</source>
   <translation>Sein Einrichtungscode gilt wieder, nachdem es nach seiner Anleitung zurückgesetzt wurde.</translation>
  </message>
  <message>
   <source>No app can join now</source>
   <translation>Jetzt kann keine App beitreten</translation>
  </message>
  <message>
   <source>No app joined in time, so the code no longer works.</source>
   <translation>Keine App ist rechtzeitig beigetreten. Der Code gilt nicht mehr.</translation>
  </message>
  <message>
   <source>No more apps can join</source>
   <translation>Keine weitere App kann beitreten</translation>
  </message>
  <message>
   <source>No update from the device</source>
   <translation>Nichts Neues vom Gerät</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>On</source>
   <translation>Ein</translation>
  </message>
  <message>
   <source>Other apps keep their control</source>
   <translation>Andere Apps steuern es weiter</translation>
  </message>
  <message>
   <source>Otherwise share it from that app, or reset it as its manual says.</source>
   <translation>Sonst teilen Sie es aus jener App, oder setzen Sie es laut Anleitung zurück.</translation>
  </message>
  <message>
   <source>Remove one of the apps that control it, then share it again.</source>
   <translation>Entfernen Sie eine der Apps, die es steuern, und teilen Sie es dann erneut.</translation>
  </message>
  <message>
   <source>Remove {name} from here?</source>
   <translation>{name} hier entfernen?</translation>
  </message>
  <message>
   <source>Remove {name} only here?</source>
   <translation>{name} nur hier entfernen?</translation>
  </message>
  <message>
   <source>Requesting a code from the device</source>
   <translation>Ein Code wird vom Gerät angefordert</translation>
  </message>
  <message>
   <source>Restarts</source>
   <translation>Neustarts</translation>
  </message>
  <message>
   <source>Running</source>
   <translation>Läuft seit</translation>
  </message>
  <message>
   <source>Scan the code there, or type the 11 digits. After that, both apps control it.</source>
   <translation>Scannen Sie den Code dort, oder geben Sie die 11 Ziffern ein. Danach steuern es beide Apps.</translation>
  </message>
  <message>
   <source>Share</source>
   <translation>Teilen</translation>
  </message>
  <message>
   <source>Share again</source>
   <translation>Erneut teilen</translation>
  </message>
  <message>
   <source>Share {name} with another app</source>
   <translation>{name} mit einer weiteren App teilen</translation>
  </message>
  <message>
   <source>Shared</source>
   <translation>Geteilt</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Stop sharing now</source>
   <translation>Teilen jetzt beenden</translation>
  </message>
  <message>
   <source>Stopping sharing</source>
   <translation>Teilen wird beendet</translation>
  </message>
  <message>
   <source>The code no longer works</source>
   <translation>Der Code gilt nicht mehr</translation>
  </message>
  <message>
   <source>The code no longer works. To add one more app, share it again.</source>
   <translation>Der Code gilt nicht mehr. Für eine weitere App teilen Sie es erneut.</translation>
  </message>
  <message>
   <source>The device answers.</source>
   <translation>Das Gerät antwortet.</translation>
  </message>
  <message>
   <source>The device erases Companion's certificate, and Companion its key for the device.</source>
   <translation>Das Gerät löscht das Zertifikat von Companion, und Companion seinen Schlüssel für das Gerät.</translation>
  </message>
  <message>
   <source>The device is not reachable, so it is not notified.</source>
   <translation>Das Gerät ist nicht erreichbar und wird daher nicht benachrichtigt.</translation>
  </message>
  <message>
   <source>The device still knows Companion</source>
   <translation>Das Gerät kennt Companion noch</translation>
  </message>
  <message>
   <source>They can remove Companion from it, or share it with Companion again.</source>
   <translation>Sie können Companion von ihm entfernen oder es erneut mit Companion teilen.</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Computer</translation>
  </message>
  <message>
   <source>This computer, since {date}</source>
   <translation>Dieser Computer, seit {date}</translation>
  </message>
  <message>
   <source>Thread</source>
   <translation>Thread</translation>
  </message>
  <message>
   <source>Time is up</source>
   <translation>Die Zeit ist um</translation>
  </message>
  <message>
   <source>Who controls {name}</source>
   <translation>Wer {name} steuert</translation>
  </message>
  <message>
   <source>Wi-Fi</source>
   <translation>WLAN</translation>
  </message>
  <message>
   <source>end device</source>
   <translation>Endgerät</translation>
  </message>
  <message>
   <source>end device that can be a router</source>
   <translation>Endgerät, das Router sein kann</translation>
  </message>
  <message>
   <source>leader</source>
   <translation>Leader</translation>
  </message>
  <message>
   <source>less than a minute</source>
   <translation>weniger als einer Minute</translation>
  </message>
  <message>
   <source>no faults reported</source>
   <translation>keine Fehler gemeldet</translation>
  </message>
  <message>
   <source>not attached</source>
   <translation>nicht verbunden</translation>
  </message>
  <message>
   <source>router</source>
   <translation>Router</translation>
  </message>
  <message>
   <source>sleeping end device</source>
   <translation>schlafendes Endgerät</translation>
  </message>
  <message>
   <source>{app} controls it too</source>
   <translation>{app} steuert es auch</translation>
  </message>
  <message>
   <source>{app} joined</source>
   <translation>{app} ist beigetreten</translation>
  </message>
  <message>
   <source>{count} Mbit/s</source>
   <translation>{count} Mbit/s</translation>
  </message>
  <message>
   <source>{used} of {places} apps</source>
   <translation>{used} von {places} Apps</translation>
  </message>
 </context>
 <context>
  <name>advice</name>
  <message>
   <source>A device other than the one on the label responded.</source>
   <translation>Ein anderes Gerät als das auf dem Etikett hat geantwortet.</translation>
  </message>
  <message>
   <source>A device with a wrong password may keep trying without an end.</source>
   <translation>Ein Gerät mit falschem Passwort versucht es unter Umständen endlos weiter.</translation>
  </message>
  <message>
   <source>A firewall or guest network may be blocking the device.</source>
   <translation>Möglicherweise blockiert eine Firewall oder ein Gastnetz das Gerät.</translation>
  </message>
  <message>
   <source>A phone nearby may be using the device's only connection.</source>
   <translation>Ein Telefon in der Nähe belegt möglicherweise die einzige Verbindung des Geräts.</translation>
  </message>
  <message>
   <source>A restart keeps its settings.</source>
   <translation>Beim Neustart bleiben die Einstellungen erhalten.</translation>
  </message>
  <message>
   <source>After a reset it can be set up again; otherwise it still reports its owner.</source>
   <translation>Nach dem Zurücksetzen lässt es sich neu einrichten, andernfalls meldet es weiter seinen Eigentümer.</translation>
  </message>
  <message>
   <source>After joining, it may no longer be visible over Bluetooth.</source>
   <translation>Nach dem Beitritt ist es über Bluetooth möglicherweise nicht mehr sichtbar.</translation>
  </message>
  <message>
   <source>Authentication failed, so Companion stopped.</source>
   <translation>Die Authentifizierung ist fehlgeschlagen, daher hat Companion abgebrochen.</translation>
  </message>
  <message>
   <source>Bluetooth between this computer and the device failed.</source>
   <translation>Bluetooth zwischen diesem Computer und dem Gerät ist ausgefallen.</translation>
  </message>
  <message>
   <source>Check it now</source>
   <translation>Prüfen Sie es jetzt</translation>
  </message>
  <message>
   <source>Check that it is on and in setup mode</source>
   <translation>Prüfen Sie, ob es eingeschaltet und im Einrichtungsmodus ist</translation>
  </message>
  <message>
   <source>Check that the endpoint runs and is reachable</source>
   <translation>Prüfen Sie, ob der Endpunkt läuft und erreichbar ist</translation>
  </message>
  <message>
   <source>Check the clock and the CA of the endpoint</source>
   <translation>Prüfen Sie Uhr und CA des Endpunkts</translation>
  </message>
  <message>
   <source>Close other apps that look for Bluetooth devices</source>
   <translation>Schließen Sie andere Apps, die nach Bluetooth-Geräten suchen</translation>
  </message>
  <message>
   <source>Companion checks what the device stored and completes the rest.</source>
   <translation>Companion prüft, was das Gerät gespeichert hat, und ergänzt den Rest.</translation>
  </message>
  <message>
   <source>Companion couldn't save its records.</source>
   <translation>Companion konnte seine Daten nicht speichern.</translation>
  </message>
  <message>
   <source>Companion queries the device and completes the pending change.</source>
   <translation>Companion fragt das Gerät ab und schließt die offene Änderung ab.</translation>
  </message>
  <message>
   <source>Complete the pending change now</source>
   <translation>Offene Änderung jetzt abschließen</translation>
  </message>
  <message>
   <source>Copy the report and send it to us</source>
   <translation>Kopieren Sie den Bericht und senden Sie ihn uns</translation>
  </message>
  <message>
   <source>Enter the password again</source>
   <translation>Geben Sie das Passwort erneut ein</translation>
  </message>
  <message>
   <source>If it is not listed, reset it and enter the password again</source>
   <translation>Wenn es dort fehlt, setzen Sie es zurück, und geben Sie das Passwort erneut ein</translation>
  </message>
  <message>
   <source>If it restarts meanwhile, nothing is lost.</source>
   <translation>Wenn es dabei neu startet, geht nichts verloren.</translation>
  </message>
  <message>
   <source>If someone nearby is interfering, moving away helps.</source>
   <translation>Falls jemand in der Nähe stört, hilft Abstand.</translation>
  </message>
  <message>
   <source>It contains the step and the error code, but no secrets and no addresses.</source>
   <translation>Er enthält Schritt und Fehlercode, aber keine Geheimnisse und keine Adressen.</translation>
  </message>
  <message>
   <source>It is unknown whether it stored credentials from an earlier attempt.</source>
   <translation>Es ist unbekannt, ob es Zugangsdaten eines früheren Versuchs gespeichert hat.</translation>
  </message>
  <message>
   <source>It must trust your CA and have the correct date.</source>
   <translation>Er muss Ihrer CA vertrauen und das richtige Datum haben.</translation>
  </message>
  <message>
   <source>Keep the device powered and near</source>
   <translation>Lassen Sie das Gerät eingeschaltet und in der Nähe</translation>
  </message>
  <message>
   <source>Look for it in your router's list of devices</source>
   <translation>In der Geräteliste Ihres Routers suchen</translation>
  </message>
  <message>
   <source>Many devices use 2.4 GHz only and have a small antenna.</source>
   <translation>Viele Geräte können nur 2,4 GHz und haben eine kleine Antenne.</translation>
  </message>
  <message>
   <source>Most devices leave setup mode a few minutes after power-on.</source>
   <translation>Die meisten Geräte verlassen den Einrichtungsmodus einige Minuten nach dem Einschalten.</translation>
  </message>
  <message>
   <source>Move the device closer to the router</source>
   <translation>Bringen Sie das Gerät näher an den Router</translation>
  </message>
  <message>
   <source>Move within two metres of the device</source>
   <translation>Gehen Sie auf zwei Meter an das Gerät heran</translation>
  </message>
  <message>
   <source>No device in range matches this code.</source>
   <translation>Kein Gerät in Reichweite passt zu diesem Code.</translation>
  </message>
  <message>
   <source>Or wait ten minutes</source>
   <translation>Oder warten Sie zehn Minuten</translation>
  </message>
  <message>
   <source>Query it now, while in range</source>
   <translation>Jetzt abfragen, solange es in Reichweite ist</translation>
  </message>
  <message>
   <source>Query the device first to learn its ownership counter.</source>
   <translation>Fragen Sie das Gerät zuerst ab, um seinen Eigentumszähler zu erfahren.</translation>
  </message>
  <message>
   <source>Restart the device</source>
   <translation>Starten Sie das Gerät neu</translation>
  </message>
  <message>
   <source>Scan its code</source>
   <translation>Seinen Code scannen</translation>
  </message>
  <message>
   <source>Scan the label on the device itself</source>
   <translation>Scannen Sie das Etikett auf dem Gerät selbst</translation>
  </message>
  <message>
   <source>Show it while typing. Passwords are case-sensitive.</source>
   <translation>Lassen Sie es beim Tippen anzeigen. Achten Sie auf Groß- und Kleinschreibung.</translation>
  </message>
  <message>
   <source>The connection was lost.</source>
   <translation>Die Verbindung ging verloren.</translation>
  </message>
  <message>
   <source>The device did not answer this computer on the network.</source>
   <translation>Das Gerät hat diesem Computer im Netz nicht geantwortet.</translation>
  </message>
  <message>
   <source>The device did not confirm that it was reset.</source>
   <translation>Das Gerät hat nicht bestätigt, dass es zurückgesetzt wurde.</translation>
  </message>
  <message>
   <source>The device did not confirm that its credentials work.</source>
   <translation>Das Gerät hat nicht bestätigt, dass die Zugangsdaten funktionieren.</translation>
  </message>
  <message>
   <source>The device did not join the network.</source>
   <translation>Das Gerät ist dem Netz nicht beigetreten.</translation>
  </message>
  <message>
   <source>The device has its credentials, but has not been seen using them.</source>
   <translation>Das Gerät hat die Zugangsdaten, ihre Verwendung wurde aber noch nicht beobachtet.</translation>
  </message>
  <message>
   <source>The device is advertising, but did not accept a connection.</source>
   <translation>Das Gerät ist sichtbar, nimmt aber keine Verbindung an.</translation>
  </message>
  <message>
   <source>The device is connected, but did not respond.</source>
   <translation>Das Gerät ist verbunden, hat aber nicht geantwortet.</translation>
  </message>
  <message>
   <source>The device joined the network, but did not find its endpoint by name.</source>
   <translation>Das Gerät ist im Netz, hat den Namen seines Endpunkts aber nicht gefunden.</translation>
  </message>
  <message>
   <source>The device joined the network, but got no IP address there.</source>
   <translation>Das Gerät ist dem Netz beigetreten, hat dort aber keine IP-Adresse bekommen.</translation>
  </message>
  <message>
   <source>The device offers less protection than its code requires, so Companion stopped.</source>
   <translation>Das Gerät bietet weniger Schutz, als sein Code verlangt, daher hat Companion abgebrochen.</translation>
  </message>
  <message>
   <source>The device rejected the request.</source>
   <translation>Das Gerät hat die Anfrage abgelehnt.</translation>
  </message>
  <message>
   <source>The device reports a change that is not finished.</source>
   <translation>Das Gerät meldet eine Änderung, die nicht abgeschlossen ist.</translation>
  </message>
  <message>
   <source>The device reports that it could not join.</source>
   <translation>Das Gerät meldet, dass es nicht ins Netz kam.</translation>
  </message>
  <message>
   <source>The device reports that it does not see this network.</source>
   <translation>Das Gerät meldet, dass es dieses Netz nicht sieht.</translation>
  </message>
  <message>
   <source>The device reports that its endpoint did not answer.</source>
   <translation>Das Gerät meldet, dass sein Endpunkt nicht geantwortet hat.</translation>
  </message>
  <message>
   <source>The device reports that its endpoint rejected the new certificate.</source>
   <translation>Das Gerät meldet, dass sein Endpunkt das neue Zertifikat abgelehnt hat.</translation>
  </message>
  <message>
   <source>The device sent something that its protocol does not allow.</source>
   <translation>Das Gerät hat etwas gesendet, das sein Protokoll nicht erlaubt.</translation>
  </message>
  <message>
   <source>The device then reverts the change.</source>
   <translation>Das Gerät macht die Änderung dann rückgängig.</translation>
  </message>
  <message>
   <source>The label of another device or another box has another secret.</source>
   <translation>Das Etikett eines anderen Geräts oder einer anderen Schachtel hat ein anderes Geheimnis.</translation>
  </message>
  <message>
   <source>The label says which device it is for, but has no passcode.</source>
   <translation>Das Etikett sagt, zu welchem Gerät es gehört, enthält aber keinen Passcode.</translation>
  </message>
  <message>
   <source>The secret in the code is not the one that the device has.</source>
   <translation>Das Geheimnis im Code ist nicht das des Geräts.</translation>
  </message>
  <message>
   <source>The two numbers did not match. Someone may be intercepting the connection, or you read another device's number.</source>
   <translation>Die beiden Zahlen stimmten nicht überein. Möglicherweise fängt jemand die Verbindung ab, oder die Zahl stammt von einem anderen Gerät.</translation>
  </message>
  <message>
   <source>Then only this device can respond.</source>
   <translation>Dann kann nur dieses Gerät antworten.</translation>
  </message>
  <message>
   <source>This code can't be used to find a device.</source>
   <translation>Mit diesem Code lässt sich kein Gerät finden.</translation>
  </message>
  <message>
   <source>This is an error in Companion, not in your device.</source>
   <translation>Das ist ein Fehler in Companion, nicht in Ihrem Gerät.</translation>
  </message>
  <message>
   <source>Try again and read this device's own display</source>
   <translation>Versuchen Sie es noch einmal und lesen Sie die Anzeige dieses Geräts</translation>
  </message>
  <message>
   <source>Try again in another place</source>
   <translation>Versuchen Sie es an einem anderen Ort</translation>
  </message>
  <message>
   <source>Turn off other devices in setup mode</source>
   <translation>Schalten Sie andere Geräte im Einrichtungsmodus aus</translation>
  </message>
  <message>
   <source>Two devices being set up at once show two numbers.</source>
   <translation>Werden zwei Geräte zugleich eingerichtet, zeigen sie zwei Zahlen.</translation>
  </message>
  <message>
   <source>Walls, metal and other radios weaken its signal.</source>
   <translation>Wände, Metall und andere Funkgeräte schwächen das Signal.</translation>
  </message>
  <message>
   <source>You can then create the token, here or elsewhere.</source>
   <translation>Danach können Sie das Token erstellen, hier oder anderswo.</translation>
  </message>
 </context>
 <context>
  <name>alerts</name>
  <message>
   <source>A device</source>
   <translation>Ein Gerät</translation>
  </message>
  <message>
   <source>A device receives the revocation with the next run on it.</source>
   <translation>Ein Gerät erhält den Widerruf beim nächsten Lauf mit ihm.</translation>
  </message>
  <message>
   <source>Alerts</source>
   <translation>Meldungen</translation>
  </message>
  <message>
   <source>Alerts {count}</source>
   <translation>Meldungen {count}</translation>
  </message>
  <message>
   <source>At most 1 false alarm a month</source>
   <translation>Höchstens 1 Fehlalarm im Monat</translation>
  </message>
  <message>
   <source>At most 1 false alarm in 4 months</source>
   <translation>Höchstens 1 Fehlalarm in 4 Monaten</translation>
  </message>
  <message>
   <source>At most {count} false alarms a month</source>
   <translation>Höchstens {count} Fehlalarme im Monat</translation>
  </message>
  <message>
   <source>Devices that may still accept revoked delegates: {count}.</source>
   <translation>Geräte, die widerrufene Bevollmächtigte womöglich noch annehmen: {count}.</translation>
  </message>
  <message>
   <source>Every device applies them.</source>
   <translation>Alle Geräte wenden sie an.</translation>
  </message>
  <message>
   <source>Every run is checked: exact rules first, then statistics.</source>
   <translation>Jeder Lauf wird geprüft: zuerst feste Regeln, dann Statistik.</translation>
  </message>
  <message>
   <source>Hours of the day. Most of these devices: from {hour}:00. Grey: usual days.</source>
   <translation>Stunden des Tages. Die meisten dieser Geräte: ab {hour} Uhr. Grau: übliche Tage.</translation>
  </message>
  <message>
   <source>List the device</source>
   <translation>Das Gerät auflisten</translation>
  </message>
  <message>
   <source>List the {count} devices</source>
   <translation>Diese Geräte auflisten: {count}</translation>
  </message>
  <message>
   <source>No site</source>
   <translation>Kein Standort</translation>
  </message>
  <message>
   <source>Nothing unusual. Checked runs: {runs}. Delegates: {delegates}.</source>
   <translation>Nichts Ungewöhnliches. Geprüfte Läufe: {runs}. Bevollmächtigte: {delegates}.</translation>
  </message>
  <message>
   <source>Nothing unusual. No device was added yet.</source>
   <translation>Nichts Ungewöhnliches. Es wurde noch kein Gerät hinzugefügt.</translation>
  </message>
  <message>
   <source>Older, or recorded elsewhere: {count}</source>
   <translation>Älter oder anderswo aufgezeichnet: {count}</translation>
  </message>
  <message>
   <source>Planned, {date}: “{note}”</source>
   <translation>Geplant, {date}: „{note}“</translation>
  </message>
  <message>
   <source>Planned, {date}: “{note}” Now treated as usual.</source>
   <translation>Geplant, {date}: „{note}“ Gilt jetzt als üblich.</translation>
  </message>
  <message>
   <source>Show the run</source>
   <translation>Lauf anzeigen</translation>
  </message>
  <message>
   <source>Show the {count} runs</source>
   <translation>{count} Läufe anzeigen</translation>
  </message>
  <message>
   <source>Site {name}</source>
   <translation>Standort {name}</translation>
  </message>
  <message>
   <source>Stopping {name} revokes its grants and its CA certificate. A device receives the revocation with the next run on it.</source>
   <translation>Beim Stoppen werden die Vollmachten und das CA-Zertifikat von {name} widerrufen. Ein Gerät erhält den Widerruf beim nächsten Lauf mit ihm.</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Computer</translation>
  </message>
  <message>
   <source>Watching since {date}. Every run is checked: exact rules first, then statistics.</source>
   <translation>Beobachtet seit {date}. Jeder Lauf wird geprüft: zuerst feste Regeln, dann Statistik.</translation>
  </message>
  <message>
   <source>Watching since {date}. Exact rules apply now, statistics after four weeks.</source>
   <translation>Beobachtet seit {date}. Feste Regeln gelten jetzt, Statistik nach vier Wochen.</translation>
  </message>
  <message>
   <source>You stopped this delegate on {date}.</source>
   <translation>Sie haben diesen Bevollmächtigten am {date} gestoppt.</translation>
  </message>
  <message>
   <source>{know} of {devices}</source>
   <translation>{know} von {devices}</translation>
  </message>
  <message>
   <source>{know} of {devices} devices have your newest revocations</source>
   <translation>{know} von {devices} Geräten haben Ihre neuesten Widerrufe</translation>
  </message>
  <message>
   <source>{site}: {devices}</source>
   <translation>{site}: {devices}</translation>
  </message>
 </context>
 <context>
  <name>attestation</name>
  <message>
   <source>A check failed, and the device was added anyway.</source>
   <translation>Eine Prüfung ist fehlgeschlagen, und das Gerät wurde trotzdem hinzugefügt.</translation>
  </message>
  <message>
   <source>Added at your own risk</source>
   <translation>Auf eigenes Risiko hinzugefügt</translation>
  </message>
  <message>
   <source>Checked when it was added: {counts}.</source>
   <translation>Beim Hinzufügen geprüft: {counts}.</translation>
  </message>
  <message>
   <source>Checks: {counts}. You decide what happens next.</source>
   <translation>Prüfungen: {counts}. Sie entscheiden, wie es weitergeht.</translation>
  </message>
  <message>
   <source>Companion now says how such a device is made ready.</source>
   <translation>Companion sagt nun, wie ein solches Gerät vorbereitet wird.</translation>
  </message>
  <message>
   <source>Device models imported: {count}</source>
   <translation>Gerätemodelle importiert: {count}</translation>
  </message>
  <message>
   <source>It may be a copy, or its manufacturer is not in your list. Once added, it is on your network.</source>
   <translation>Es kann eine Kopie sein, oder sein Hersteller steht nicht auf Ihrer Liste. Danach ist es in Ihrem Netz.</translation>
  </message>
  <message>
   <source>Manufacturers' roots imported: {count}</source>
   <translation>Importierte Stammzertifikate: {count}</translation>
  </message>
  <message>
   <source>Revocations imported, issuers: {count}</source>
   <translation>Widerrufe importiert, Aussteller: {count}</translation>
  </message>
  <message>
   <source>They apply from the next setup. These results do not change.</source>
   <translation>Sie gelten ab der nächsten Einrichtung. Diese Ergebnisse ändern sich nicht.</translation>
  </message>
  <message>
   <source>What this can mean</source>
   <translation>Was das bedeuten kann</translation>
  </message>
  <message>
   <source>Who vouches for {name}</source>
   <translation>Wer für {name} bürgt</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>nicht bestanden</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>unbekannt</translation>
  </message>
  <message>
   <source>passed</source>
   <translation>bestanden</translation>
  </message>
  <message>
   <source>remark</source>
   <translation>Hinweis</translation>
  </message>
  <message>
   <source>{count} failed</source>
   <translation>{count} nicht bestanden</translation>
  </message>
  <message>
   <source>{count} not known</source>
   <translation>{count} unbekannt</translation>
  </message>
  <message>
   <source>{count} passed</source>
   <translation>{count} bestanden</translation>
  </message>
  <message>
   <source>{count} with a remark</source>
   <translation>{count} mit Hinweis</translation>
  </message>
  <message>
   <source>{name} is not shown to be genuine</source>
   <translation>{name} ist nicht als echt belegt</translation>
  </message>
 </context>
 <context>
  <name>backup</name>
  <message>
   <source>At least {least} characters. Several words are easy to remember.</source>
   <translation>Mindestens {least} Zeichen. Mehrere Wörter sind leicht zu merken.</translation>
  </message>
  <message>
   <source>Backed up</source>
   <translation>Gesichert</translation>
  </message>
  <message>
   <source>Backed up today</source>
   <translation>Heute gesichert</translation>
  </message>
  <message>
   <source>Backed up yesterday</source>
   <translation>Gestern gesichert</translation>
  </message>
  <message>
   <source>Backed up {days} days ago</source>
   <translation>Vor {days} Tagen gesichert</translation>
  </message>
  <message>
   <source>Backup made</source>
   <translation>Sicherung erstellt</translation>
  </message>
  <message>
   <source>Cloud profiles</source>
   <translation>Cloud-Profile</translation>
  </message>
  <message>
   <source>Device secrets</source>
   <translation>Geheimnisse von Geräten</translation>
  </message>
  <message>
   <source>Devices</source>
   <translation>Geräte</translation>
  </message>
  <message>
   <source>Devices added since then are not in it. Owner key: {key}.</source>
   <translation>Später hinzugefügte Geräte sind nicht darin. Eigentümerschlüssel: {key}.</translation>
  </message>
  <message>
   <source>Fair. One more word makes it strong.</source>
   <translation>Mittel. Ein weiteres Wort macht sie stark.</translation>
  </message>
  <message>
   <source>If this computer is lost, each of your devices has to be reset by hand.</source>
   <translation>Geht dieser Computer verloren, muss jedes Ihrer Geräte von Hand zurückgesetzt werden.</translation>
  </message>
  <message>
   <source>It can be restored</source>
   <translation>Sie lässt sich wiederherstellen</translation>
  </message>
  <message>
   <source>It contains the owner key and every device of this computer. Nothing was written.</source>
   <translation>Sie enthält den Eigentümerschlüssel und alle Geräte dieses Computers. Es wurde nichts geschrieben.</translation>
  </message>
  <message>
   <source>It is created with your first device.</source>
   <translation>Er entsteht mit Ihrem ersten Gerät.</translation>
  </message>
  <message>
   <source>Its owner key differs from the one on this computer. Nothing was written.</source>
   <translation>Ihr Eigentümerschlüssel ist ein anderer als der auf diesem Computer. Es wurde nichts geschrieben.</translation>
  </message>
  <message>
   <source>Keep the file on another disk. Without its passphrase, nobody can restore it.</source>
   <translation>Bewahren Sie die Datei auf einem anderen Datenträger auf. Ohne ihre Passphrase kann niemand sie wiederherstellen.</translation>
  </message>
  <message>
   <source>Key created</source>
   <translation>Schlüssel erzeugt am</translation>
  </message>
  <message>
   <source>Never backed up</source>
   <translation>Nie gesichert</translation>
  </message>
  <message>
   <source>No owner key yet</source>
   <translation>Noch kein Eigentümerschlüssel</translation>
  </message>
  <message>
   <source>Not in it: devices: {devices}, secrets: {secrets}. Make a new backup.</source>
   <translation>Nicht darin: Geräte: {devices}, Geheimnisse: {secrets}. Erstellen Sie eine neue Sicherung.</translation>
  </message>
  <message>
   <source>Owner</source>
   <translation>Eigentümer</translation>
  </message>
  <message>
   <source>Owner key</source>
   <translation>Eigentümerschlüssel</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <source>Saved networks</source>
   <translation>Gespeicherte Netze</translation>
  </message>
  <message>
   <source>Strong.</source>
   <translation>Stark.</translation>
  </message>
  <message>
   <source>The backup belongs to another owner</source>
   <translation>Die Sicherung gehört einem anderen Eigentümer</translation>
  </message>
  <message>
   <source>The backup opens and is complete</source>
   <translation>Die Sicherung ist lesbar und vollständig</translation>
  </message>
  <message>
   <source>The backup opens, but is not up to date</source>
   <translation>Die Sicherung ist lesbar, aber nicht aktuell</translation>
  </message>
  <message>
   <source>There is no owner key on this computer. Restore the backup on the first page.</source>
   <translation>Auf diesem Computer gibt es keinen Eigentümerschlüssel. Stellen Sie die Sicherung auf der Startseite wieder her.</translation>
  </message>
  <message>
   <source>Weak. Add a word or two.</source>
   <translation>Schwach. Fügen Sie ein, zwei Wörter hinzu.</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>not in this backup</source>
   <translation>nicht in dieser Sicherung</translation>
  </message>
 </context>
 <context>
  <name>bench</name>
  <message>
   <source>A label</source>
   <translation>Ein Etikett</translation>
  </message>
  <message>
   <source>After a retry</source>
   <translation>Nach erneutem Versuch</translation>
  </message>
  <message>
   <source>All places are in use. You can hold up the next label already.</source>
   <translation>Alle Plätze sind belegt. Sie können das nächste Etikett schon zeigen.</translation>
  </message>
  <message>
   <source>As the device calls itself</source>
   <translation>Wie das Gerät sich nennt</translation>
  </message>
  <message>
   <source>Begins</source>
   <translation>Beginnt</translation>
  </message>
  <message>
   <source>Change its network and name</source>
   <translation>Netz und Namen ändern</translation>
  </message>
  <message>
   <source>Commissioned</source>
   <translation>Eingerichtet</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Finishing</source>
   <translation>Wird beendet</translation>
  </message>
  <message>
   <source>Hold up the next label</source>
   <translation>Nächstes Etikett zeigen</translation>
  </message>
  <message>
   <source>Known already</source>
   <translation>Schon bekannt</translation>
  </message>
  <message>
   <source>Label read</source>
   <translation>Etikett gelesen</translation>
  </message>
  <message>
   <source>Labels that you hold up now wait. Press Space to go on.</source>
   <translation>Etiketten, die Sie jetzt zeigen, warten. Mit der Leertaste geht es weiter.</translation>
  </message>
  <message>
   <source>Look at {device}: does it show this number?</source>
   <translation>Sehen Sie auf {device}: Steht dort diese Zahl?</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>No Wi-Fi</source>
   <translation>Kein WLAN</translation>
  </message>
  <message>
   <source>No room</source>
   <translation>Kein Raum</translation>
  </message>
  <message>
   <source>Number {number}</source>
   <translation>Nummer {number}</translation>
  </message>
  <message>
   <source>Number {number}. A scanner that types works too.</source>
   <translation>Nummer {number}. Auch ein Scanner, der tippt, funktioniert.</translation>
  </message>
  <message>
   <source>Number {number}. One is still being set up.</source>
   <translation>Nummer {number}. Ein Gerät wird noch eingerichtet.</translation>
  </message>
  <message>
   <source>Number {number}. {count} are still being set up.</source>
   <translation>Nummer {number}. {count} Geräte werden noch eingerichtet.</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>Print the sheet and put it beside the devices.</source>
   <translation>Drucken Sie das Blatt, und legen Sie es zu den Geräten.</translation>
  </message>
  <message>
   <source>Put aside</source>
   <translation>Beiseitegelegt</translation>
  </message>
  <message>
   <source>Put this one aside</source>
   <translation>Dieses beiseitelegen</translation>
  </message>
  <message>
   <source>Radio and keys are opened.</source>
   <translation>Funk und Schlüssel werden geöffnet.</translation>
  </message>
  <message>
   <source>Room</source>
   <translation>Raum</translation>
  </message>
  <message>
   <source>Starting</source>
   <translation>Startet</translation>
  </message>
  <message>
   <source>The batch is done</source>
   <translation>Der Stapel ist fertig</translation>
  </message>
  <message>
   <source>This label belongs to {device}, which is set up already.</source>
   <translation>Dieses Etikett gehört zu {device}. Das Gerät ist schon eingerichtet.</translation>
  </message>
  <message>
   <source>This label belongs to {device}. It was read before.</source>
   <translation>Dieses Etikett gehört zu {device}. Es wurde schon gelesen.</translation>
  </message>
  <message>
   <source>Tried again soon</source>
   <translation>Neuer Versuch folgt</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Wait</source>
   <translation>Warten</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Wartet</translation>
  </message>
  <message>
   <source>What is under way is done first.</source>
   <translation>Was begonnen ist, wird erst fertig.</translation>
  </message>
  <message>
   <source>Wrong label</source>
   <translation>Falsches Etikett</translation>
  </message>
  <message>
   <source>commissioned</source>
   <translation>eingerichtet</translation>
  </message>
  <message>
   <source>put aside</source>
   <translation>beiseitegelegt</translation>
  </message>
  <message>
   <source>to go</source>
   <translation>offen</translation>
  </message>
  <message>
   <source>{count} commissioned</source>
   <translation>{count} eingerichtet</translation>
  </message>
  <message>
   <source>{count} under way</source>
   <translation>{count} in Arbeit</translation>
  </message>
  <message>
   <source>{count} waiting</source>
   <translation>{count} warten</translation>
  </message>
  <message>
   <source>{device} is put aside: {reason}.</source>
   <translation>{device} ist beiseitegelegt: {reason}.</translation>
  </message>
  <message>
   <source>{kind}. Keep it switched on and near.</source>
   <translation>{kind}. Lassen Sie es eingeschaltet und in der Nähe.</translation>
  </message>
  <message>
   <source>{seconds} a device, one at a time.</source>
   <translation>{seconds} je Gerät, eines nach dem anderen.</translation>
  </message>
  <message>
   <source>{seconds} a device, {count} at a time.</source>
   <translation>{seconds} je Gerät, {count} gleichzeitig.</translation>
  </message>
 </context>
 <context>
  <name>clouds</name>
  <message>
   <source>AWS IoT Core</source>
   <translation>AWS IoT Core</translation>
  </message>
  <message>
   <source>Address of the certificate server</source>
   <translation>Adresse des Zertifikatservers</translation>
  </message>
  <message>
   <source>Azure IoT</source>
   <translation>Azure IoT</translation>
  </message>
  <message>
   <source>Certificates from your company's CA</source>
   <translation>Zertifikate von der CA Ihrer Firma</translation>
  </message>
  <message>
   <source>Checking {name}</source>
   <translation>{name} wird geprüft</translation>
  </message>
  <message>
   <source>Companion's own endpoint. It sees each device that connects.</source>
   <translation>Companions eigener Endpunkt. Er sieht jedes Gerät, das sich verbindet.</translation>
  </message>
  <message>
   <source>Enrollment group at Azure</source>
   <translation>Registrierungsgruppe bei Azure</translation>
  </message>
  <message>
   <source>Host of Azure's provisioning service</source>
   <translation>Host des Bereitstellungsdienstes von Azure</translation>
  </message>
  <message>
   <source>Id scope at Azure</source>
   <translation>ID-Bereich bei Azure</translation>
  </message>
  <message>
   <source>It is tried with the next device.</source>
   <translation>Sie wird beim nächsten Gerät erprobt.</translation>
  </message>
  <message>
   <source>Name of the profile</source>
   <translation>Name des Profils</translation>
  </message>
  <message>
   <source>No profile yet.</source>
   <translation>Noch kein Profil.</translation>
  </message>
  <message>
   <source>Policy at AWS</source>
   <translation>Richtlinie bei AWS</translation>
  </message>
  <message>
   <source>Proof: The device was seen here with its certificate.</source>
   <translation>Nachweis: Das Gerät wurde hier mit seinem Zertifikat gesehen.</translation>
  </message>
  <message>
   <source>Proof: {proof}.</source>
   <translation>Nachweis: {proof}.</translation>
  </message>
  <message>
   <source>Provisioning template at AWS</source>
   <translation>Bereitstellungsvorlage bei AWS</translation>
  </message>
  <message>
   <source>The login for {name} is in your key store</source>
   <translation>Die Anmeldung für {name} ist in Ihrem Schlüsselspeicher</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Computer</translation>
  </message>
  <message>
   <source>Where devices connect</source>
   <translation>Wohin sich Geräte verbinden</translation>
  </message>
  <message>
   <source>Your own broker</source>
   <translation>Ihr eigener Broker</translation>
  </message>
  <message>
   <source>{claim}: {reason}</source>
   <translation>{claim}: {reason}</translation>
  </message>
  <message>
   <source>{name}: nothing missing was found</source>
   <translation>{name}: Es wurde nichts gefunden, das fehlt</translation>
  </message>
  <message>
   <source>{name}: something is missing</source>
   <translation>{name}: Etwas fehlt</translation>
  </message>
  <message>
   <source>{name}: {kind}</source>
   <translation>{name}: {kind}</translation>
  </message>
 </context>
 <context>
  <name>delegates</name>
  <message>
   <source>A serial number has letters, digits, full stops, colons and hyphens.</source>
   <translation>Eine Seriennummer hat Buchstaben, Ziffern, Punkte, Doppelpunkte und Bindestriche.</translation>
  </message>
  <message>
   <source>A site name has lowercase letters, digits and hyphens.</source>
   <translation>Ein Standort heißt mit Kleinbuchstaben, Ziffern und Bindestrichen.</translation>
  </message>
  <message>
   <source>Add devices</source>
   <translation>Geräte hinzufügen</translation>
  </message>
  <message>
   <source>After the grant had ended: {late}.</source>
   <translation>Nach Ablauf der Vollmacht: {late}.</translation>
  </message>
  <message>
   <source>Choose a site, serial numbers, or everywhere.</source>
   <translation>Wählen Sie einen Standort, Seriennummern oder „Überall“.</translation>
  </message>
  <message>
   <source>Choose at least one right.</source>
   <translation>Wählen Sie mindestens ein Recht.</translation>
  </message>
  <message>
   <source>Covered by no grant: {uncovered}.</source>
   <translation>Von keiner Vollmacht gedeckt: {uncovered}.</translation>
  </message>
  <message>
   <source>Devices of {name}, until {date}</source>
   <translation>Geräte von {name}, bis {date}</translation>
  </message>
  <message>
   <source>Devices to visit: {count}. Activity, Alerts lists them.</source>
   <translation>Noch aufzusuchende Geräte: {count}. Sie stehen unter Verlauf, Meldungen.</translation>
  </message>
  <message>
   <source>Ends every grant of {name} and its CA certificate, and grants that nobody recorded.</source>
   <translation>Beendet alle Vollmachten und das CA-Zertifikat von {name} und Vollmachten, die niemand aufgezeichnet hat.</translation>
  </message>
  <message>
   <source>Entries that are new here: {count}.</source>
   <translation>Hier neue Einträge: {count}.</translation>
  </message>
  <message>
   <source>Everywhere includes every site and device. Choose one or the other.</source>
   <translation>„Überall“ umfasst alle Standorte und Geräte. Wählen Sie das eine oder das andere.</translation>
  </message>
  <message>
   <source>Expired</source>
   <translation>Abgelaufen</translation>
  </message>
  <message>
   <source>First let its CA in: companion cloud setup {profile} --delegate {grant}</source>
   <translation>Lassen Sie dort zuerst die CA dieser Vollmacht zu: companion cloud setup {profile} --delegate {grant}</translation>
  </message>
  <message>
   <source>From {name}</source>
   <translation>Von {name}</translation>
  </message>
  <message>
   <source>Grant signed</source>
   <translation>Vollmacht signiert</translation>
  </message>
  <message>
   <source>Hand over networks</source>
   <translation>Netze übergeben</translation>
  </message>
  <message>
   <source>Issue new grants to: {names}.</source>
   <translation>Stellen Sie neue Vollmachten aus für: {names}.</translation>
  </message>
  <message>
   <source>Let others act for you, within limits your devices enforce.</source>
   <translation>Lassen Sie andere für Sie handeln, in Grenzen, die Ihre Geräte durchsetzen.</translation>
  </message>
  <message>
   <source>Not valid, and nothing of these was recorded: {invalid}.</source>
   <translation>Ungültig, und nichts davon wurde aufgezeichnet: {invalid}.</translation>
  </message>
  <message>
   <source>Not yet</source>
   <translation>Noch nicht</translation>
  </message>
  <message>
   <source>Older than your record, or without a signed order: {older}. Your record stays as it is.</source>
   <translation>Älter als Ihre Aufzeichnung oder ohne signierte Reihenfolge: {older}. Ihre Aufzeichnung bleibt, wie sie ist.</translation>
  </message>
  <message>
   <source>Read status</source>
   <translation>Status abfragen</translation>
  </message>
  <message>
   <source>Report taken in</source>
   <translation>Bericht aufgenommen</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Zurücksetzen</translation>
  </message>
  <message>
   <source>Revoked</source>
   <translation>Widerrufen</translation>
  </message>
  <message>
   <source>Rotate certificates</source>
   <translation>Zertifikate erneuern</translation>
  </message>
  <message>
   <source>Saved as {file}. Send it to {name}.</source>
   <translation>Gespeichert als {file}. Senden Sie sie an {name}.</translation>
  </message>
  <message>
   <source>The grants of others end, too: {names}.</source>
   <translation>Auch Vollmachten anderer enden: {names}.</translation>
  </message>
  <message>
   <source>The holder's key ends in {key}. Ask the holder to confirm this.</source>
   <translation>Der Schlüssel der bevollmächtigten Person endet auf {key}. Lassen Sie sich das bestätigen.</translation>
  </message>
  <message>
   <source>This day is over. Choose a later one.</source>
   <translation>Dieser Tag ist vorbei. Wählen Sie einen späteren.</translation>
  </message>
  <message>
   <source>To set up Matter devices, the grant needs the right to add devices.</source>
   <translation>Um Matter-Geräte einzurichten, braucht die Vollmacht das Recht, Geräte hinzuzufügen.</translation>
  </message>
  <message>
   <source>Too many sites and serial numbers for one grant.</source>
   <translation>Zu viele Standorte und Seriennummern für eine Vollmacht.</translation>
  </message>
  <message>
   <source>Valid</source>
   <translation>Gültig</translation>
  </message>
  <message>
   <source>What may {name} do for you?</source>
   <translation>Was darf {name} für Sie tun?</translation>
  </message>
  <message>
   <source>Write a delivery as number@day or number@day@site, such as 40@2026-12-08@hall-2.</source>
   <translation>Schreiben Sie eine Lieferung als Anzahl@Tag oder Anzahl@Tag@Standort, etwa 40@2026-12-08@hall-2.</translation>
  </message>
  <message>
   <source>Write the day as year-month-day, such as 2026-12-24.</source>
   <translation>Schreiben Sie den Tag als Jahr-Monat-Tag, etwa 2026-12-24.</translation>
  </message>
  <message>
   <source>You act for {name}</source>
   <translation>Sie handeln für {name}</translation>
  </message>
  <message>
   <source>Your devices reject anything outside these rights and places, even when you are offline.</source>
   <translation>Ihre Geräte lehnen ab, was außerhalb dieser Rechte und Orte liegt, auch wenn Sie offline sind.</translation>
  </message>
  <message>
   <source>{count} of 6 rights</source>
   <translation>{count} von 6 Rechten</translation>
  </message>
  <message>
   <source>{know} of {devices} devices have your newest revocations.</source>
   <translation>{know} von {devices} Geräten haben Ihre neuesten Widerrufe.</translation>
  </message>
  <message>
   <source>{name} may do nothing any more</source>
   <translation>{name} darf nichts mehr</translation>
  </message>
  <message>
   <source>{name} reported</source>
   <translation>{name} hat berichtet</translation>
  </message>
 </context>
 <context>
  <name>devices</name>
  <message>
   <source>your device</source>
   <translation>Ihr Gerät</translation>
  </message>
  <message>
   <source>{protocol}, on the network</source>
   <translation>{protocol}, im Netz</translation>
  </message>
 </context>
 <context>
  <name>drops</name>
  <message>
   <source>A run goes on. Setup codes can be read when it has ended.</source>
   <translation>Ein Lauf ist im Gange. Einrichtungscodes können nach seinem Ende gelesen werden.</translation>
  </message>
  <message>
   <source>Add the setup codes in it to this batch</source>
   <translation>Die Einrichtungscodes darin in diesen Stapel aufnehmen</translation>
  </message>
  <message>
   <source>Backups are for real devices. Nothing of a demo is kept.</source>
   <translation>Sicherungen sind für echte Geräte. Von einer Demo bleibt nichts.</translation>
  </message>
  <message>
   <source>Compare your log with this log head</source>
   <translation>Ihr Log mit diesem Log-Head vergleichen</translation>
  </message>
  <message>
   <source>Drop one file at a time</source>
   <translation>Legen Sie nur eine Datei auf einmal ab</translation>
  </message>
  <message>
   <source>Explain this firmware file</source>
   <translation>Diese Firmware-Datei erklären</translation>
  </message>
  <message>
   <source>Import this cloud profile</source>
   <translation>Dieses Cloud-Profil importieren</translation>
  </message>
  <message>
   <source>Import this delegate's report or log</source>
   <translation>Diesen Bericht oder dieses Log von Bevollmächtigten importieren</translation>
  </message>
  <message>
   <source>Import this grant</source>
   <translation>Diese Vollmacht importieren</translation>
  </message>
  <message>
   <source>Import this list of manufacturers</source>
   <translation>Diese Liste von Herstellern importieren</translation>
  </message>
  <message>
   <source>Only a file can be dropped here</source>
   <translation>Hier kann nur eine Datei abgelegt werden</translation>
  </message>
  <message>
   <source>Open Devices first. This table changes what is listed there.</source>
   <translation>Öffnen Sie erst „Geräte“. Diese Tabelle ändert, was dort aufgeführt ist.</translation>
  </message>
  <message>
   <source>Open this backup. It asks for its passphrase first.</source>
   <translation>Diese Sicherung öffnen. Sie fragt zuerst nach ihrer Passphrase.</translation>
  </message>
  <message>
   <source>Open this report in Activity</source>
   <translation>Diesen Bericht in „Verlauf“ öffnen</translation>
  </message>
  <message>
   <source>Open this scenario in the Lab</source>
   <translation>Dieses Szenario im „Labor“ öffnen</translation>
  </message>
  <message>
   <source>Read the Thread network in this file</source>
   <translation>Das Thread-Netz in dieser Datei lesen</translation>
  </message>
  <message>
   <source>Read the setup code in this file</source>
   <translation>Den Einrichtungscode in dieser Datei lesen</translation>
  </message>
  <message>
   <source>Read the setup code in this picture</source>
   <translation>Den Einrichtungscode in diesem Bild lesen</translation>
  </message>
  <message>
   <source>Read this request for a grant</source>
   <translation>Diesen Antrag auf eine Vollmacht lesen</translation>
  </message>
  <message>
   <source>Take names, rooms, tags and notes from this table</source>
   <translation>Namen, Räume, Schlagwörter und Notizen aus dieser Tabelle übernehmen</translation>
  </message>
  <message>
   <source>Use these root certificates</source>
   <translation>Diese Stammzertifikate verwenden</translation>
  </message>
  <message>
   <source>Use this as the CA certificate of the network's server</source>
   <translation>Als CA-Zertifikat des Servers dieses Netzes verwenden</translation>
  </message>
  <message>
   <source>Use this as the new owner's public key</source>
   <translation>Als öffentlichen Schlüssel des neuen Eigentümers verwenden</translation>
  </message>
  <message>
   <source>Use this backup beside the hardware token</source>
   <translation>Diese Sicherung neben dem Hardware-Token verwenden</translation>
  </message>
  <message>
   <source>Use this text as a Thread network</source>
   <translation>Diesen Text als Thread-Netz verwenden</translation>
  </message>
  <message>
   <source>Use this text as a setup code</source>
   <translation>Diesen Text als Einrichtungscode verwenden</translation>
  </message>
  <message>
   <source>Verify this ownership voucher</source>
   <translation>Diesen Ownership Voucher prüfen</translation>
  </message>
 </context>
 <context>
  <name>engine</name>
  <message>
   <source>1 entry at {time}</source>
   <translation>1 Eintrag um {time}</translation>
  </message>
  <message>
   <source>1 entry, root {root}…</source>
   <translation>1 Eintrag, Wurzel {root}…</translation>
  </message>
  <message>
   <source>1. Install Companion on another computer.</source>
   <translation>1. Installieren Sie Companion auf einem anderen Computer.</translation>
  </message>
  <message>
   <source>2. Choose “Restore a backup” on its first page, and the backup file.</source>
   <translation>2. Wählen Sie auf der ersten Seite „Sicherung wiederherstellen“, dann die Sicherungsdatei.</translation>
  </message>
  <message>
   <source>3. Enter the passphrase of the backup.</source>
   <translation>3. Geben Sie die Passphrase der Sicherung ein.</translation>
  </message>
  <message>
   <source>4. Compare the owner key that is shown with the one on this sheet.</source>
   <translation>4. Vergleichen Sie den angezeigten Eigentümerschlüssel mit dem auf diesem Blatt.</translation>
  </message>
  <message>
   <source>A PAN ID is a number from 0000 to FFFE.</source>
   <translation>Eine PAN-ID ist eine Zahl von 0000 bis FFFE.</translation>
  </message>
  <message>
   <source>A PSKc is derived from passphrase, network name and extended PAN ID. One is missing.</source>
   <translation>Ein PSKc entsteht aus Passphrase, Netzname und erweiterter PAN-ID. Eines davon fehlt.</translation>
  </message>
  <message>
   <source>A PSKd has 6 to 32 digits and letters, none of them I, O, Q or Z.</source>
   <translation>Ein PSKd hat 6 bis 32 Ziffern und Buchstaben, aber kein I, O, Q oder Z.</translation>
  </message>
  <message>
   <source>A backup can't be in the data folder</source>
   <translation>Eine Sicherung kann nicht im Datenordner liegen</translation>
  </message>
  <message>
   <source>A buzzer on the device, and a microphone on the computer.</source>
   <translation>Ein Summer am Gerät und ein Mikrofon am Computer.</translation>
  </message>
  <message>
   <source>A camera or a light sensor in the device.</source>
   <translation>Eine Kamera oder ein Lichtsensor im Gerät.</translation>
  </message>
  <message>
   <source>A certificate can't hold it: it is blank, longer than 64 bytes or not plain text. Contact the manufacturer.</source>
   <translation>Ein Zertifikat kann sie nicht aufnehmen: Sie ist leer, länger als 64 Bytes oder kein reiner Text. Wenden Sie sich an den Hersteller.</translation>
  </message>
  <message>
   <source>A certificate in each device, and one for the commissioner.</source>
   <translation>Ein Zertifikat in jedem Gerät und eines für den Commissioner.</translation>
  </message>
  <message>
   <source>A certificate is renewed at the endpoint that the device has, and your grant does not change it. Its owner gives it one with `companion devices reprovision`. If it has one, check the network's DNS.</source>
   <translation>Ein Zertifikat wird am Endpunkt des Geräts erneuert, und Ihre Vollmacht ändert diesen nicht. Der Eigentümer richtet einen mit `companion devices reprovision` ein. Hat das Gerät einen, prüfen Sie das DNS des Netzes.</translation>
  </message>
  <message>
   <source>A certificate of the manufacturer in each device.</source>
   <translation>Ein Zertifikat des Herstellers in jedem Gerät.</translation>
  </message>
  <message>
   <source>A certificate request of {serial} was used {count} times.</source>
   <translation>Eine Zertifikatsanforderung von {serial} wurde {count}-mal verwendet.</translation>
  </message>
  <message>
   <source>A certificate, valid until {day}: tried with the next device</source>
   <translation>Ein Zertifikat, gültig bis {day}: Es wird beim nächsten Gerät erprobt</translation>
  </message>
  <message>
   <source>A channel mask names channels from 11 to 26.</source>
   <translation>Eine Kanalmaske nennt Kanäle von 11 bis 26.</translation>
  </message>
  <message>
   <source>A commissioner's passphrase has 6 to 255 bytes.</source>
   <translation>Die Passphrase eines Commissioners hat 6 bis 255 Byte.</translation>
  </message>
  <message>
   <source>A dataset has only the digits 0 to 9 and the letters A to F.</source>
   <translation>Ein Datensatz hat nur die Ziffern 0 bis 9 und die Buchstaben A bis F.</translation>
  </message>
  <message>
   <source>A device was copied, or its software was changed.</source>
   <translation>Ein Gerät wurde kopiert, oder seine Software wurde geändert.</translation>
  </message>
  <message>
   <source>A display and a button, and a certificate of the manufacturer.</source>
   <translation>Eine Anzeige und eine Taste, dazu ein Zertifikat des Herstellers.</translation>
  </message>
  <message>
   <source>A display, a voice or a light that tells digits, and a button.</source>
   <translation>Eine Anzeige, eine Stimme oder ein Licht für Ziffern, und eine Taste.</translation>
  </message>
  <message>
   <source>A display, or a light that blinks the number.</source>
   <translation>Ein Display oder ein Licht, das die Zahl blinkt.</translation>
  </message>
  <message>
   <source>A fabric can't have this name</source>
   <translation>Eine Fabric kann nicht so heißen</translation>
  </message>
  <message>
   <source>A key in each device, and a list of the keys.</source>
   <translation>Ein Schlüssel in jedem Gerät und eine Liste der Schlüssel.</translation>
  </message>
  <message>
   <source>A key store opens it, or there is none yet. A TPM is for key files with a passphrase.</source>
   <translation>Ein Schlüsselspeicher öffnet sie, oder es gibt noch keine. Ein TPM ist für Schlüsseldateien mit Passphrase da.</translation>
  </message>
  <message>
   <source>A list of secrets is enough: nobody has to stand at the devices.</source>
   <translation>Eine Liste der Geheimnisse genügt: Niemand muss bei den Geräten stehen.</translation>
  </message>
  <message>
   <source>A mesh-local prefix starts with fd.</source>
   <translation>Ein Mesh-Local-Präfix beginnt mit fd.</translation>
  </message>
  <message>
   <source>A network name has 1 to 32 bytes, a password 8 to 63 characters.</source>
   <translation>Ein Netzname hat 1 bis 32 Bytes, ein Passwort 8 bis 63 Zeichen.</translation>
  </message>
  <message>
   <source>A number on the device is typed.</source>
   <translation>Eine Zahl vom Gerät wird eingetippt.</translation>
  </message>
  <message>
   <source>A number on the screen is entered on the device.</source>
   <translation>Eine Zahl vom Bildschirm wird am Gerät eingegeben.</translation>
  </message>
  <message>
   <source>A part of it is damaged or encrypted.</source>
   <translation>Ein Teil davon ist beschädigt oder verschlüsselt.</translation>
  </message>
  <message>
   <source>A printed code, and a certificate of the manufacturer.</source>
   <translation>Ein gedruckter Code und ein Zertifikat des Herstellers.</translation>
  </message>
  <message>
   <source>A printed label with a secret of its own; no display and no button.</source>
   <translation>Ein gedrucktes Etikett mit eigenem Geheimnis; weder Anzeige noch Taste.</translation>
  </message>
  <message>
   <source>A printed label, and a certificate of the manufacturer.</source>
   <translation>Ein gedrucktes Etikett und ein Zertifikat des Herstellers.</translation>
  </message>
  <message>
   <source>A proof needs a device that signed a receipt (RP1) and belongs to you.</source>
   <translation>Beweisen lässt sich ein Gerät, das eine Quittung signiert hat (RP1) und Ihnen gehört.</translation>
  </message>
  <message>
   <source>A recording can be sent again, through the cable alone.</source>
   <translation>Eine Aufzeichnung lässt sich erneut senden, aber nur durch das Kabel.</translation>
  </message>
  <message>
   <source>A recording can be sent to the device again whenever it can be set up.</source>
   <translation>Eine Aufzeichnung lässt sich erneut senden, sobald das Gerät wieder einrichtbar ist.</translation>
  </message>
  <message>
   <source>A recording can't be decrypted later, not even with a quantum computer.</source>
   <translation>Eine Aufzeichnung lässt sich auch später nicht entschlüsseln, selbst nicht mit einem Quantencomputer.</translation>
  </message>
  <message>
   <source>A recording could be decrypted by a future large quantum computer.</source>
   <translation>Eine Aufzeichnung könnte ein künftiger großer Quantencomputer entschlüsseln.</translation>
  </message>
  <message>
   <source>A report on device {serial} arrived after a newer one.</source>
   <translation>Ein Bericht über das Gerät {serial} kam nach einem neueren an.</translation>
  </message>
  <message>
   <source>A reset erases the device's credentials. Without a reset lock, anyone can then set it up.</source>
   <translation>Ein Zurücksetzen löscht die Zugangsdaten des Geräts. Ohne Reset-Sperre kann es danach jede Person einrichten.</translation>
  </message>
  <message>
   <source>A revoked device gets in only after it has been commissioned again.</source>
   <translation>Ein widerrufenes Gerät kommt erst hinein, wenn es neu eingerichtet wurde.</translation>
  </message>
  <message>
   <source>A secret shows which device it is</source>
   <translation>Ein Geheimnis zeigt, welches Gerät es ist</translation>
  </message>
  <message>
   <source>A static secret has 1 to 32 octets in hexadecimal.</source>
   <translation>Ein festes Geheimnis hat 1 bis 32 Oktette in Hexadezimalziffern.</translation>
  </message>
  <message>
   <source>A transfer token needs the device's ownership counter. Run `companion devices query {device}` in range of the device, then try again.</source>
   <translation>Ein Übertragungs-Token braucht den Eigentumszähler des Geräts. Führen Sie in Reichweite `companion devices query {device}` aus und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>A witness signed that log head</source>
   <translation>Ein Zeuge hat diesen Log-Head signiert</translation>
  </message>
  <message>
   <source>AWS IoT Core, by a claim</source>
   <translation>AWS IoT Core, über einen Claim</translation>
  </message>
  <message>
   <source>AWS IoT Core, by your CA</source>
   <translation>AWS IoT Core, über Ihre CA</translation>
  </message>
  <message>
   <source>AWS IoT Core, registered from here</source>
   <translation>AWS IoT Core, von hier registriert</translation>
  </message>
  <message>
   <source>AWS does not know this certificate</source>
   <translation>AWS kennt dieses Zertifikat nicht</translation>
  </message>
  <message>
   <source>AWS does not know what {operation} needs</source>
   <translation>AWS kennt nicht, was {operation} braucht</translation>
  </message>
  <message>
   <source>AWS does not know your CA</source>
   <translation>AWS kennt Ihre CA nicht</translation>
  </message>
  <message>
   <source>AWS has it as ACTIVE</source>
   <translation>Bei AWS ist es ACTIVE</translation>
  </message>
  <message>
   <source>AWS has it as {status}</source>
   <translation>Bei AWS ist es {status}</translation>
  </message>
  <message>
   <source>AWS has not seen the device yet: it registers at its first connection</source>
   <translation>AWS hat das Gerät noch nicht gesehen: Es registriert sich bei seiner ersten Verbindung</translation>
  </message>
  <message>
   <source>AWS knows your CA and registers a device at its first connection. No internet needed here.</source>
   <translation>AWS kennt Ihre CA und registriert ein Gerät bei seiner ersten Verbindung. Dieser Computer braucht dafür kein Internet.</translation>
  </message>
  <message>
   <source>AWS says: certificate active, thing attached</source>
   <translation>AWS sagt: Zertifikat aktiv, Thing verbunden</translation>
  </message>
  <message>
   <source>AWS says: certificate active, thing attached, once the device was there</source>
   <translation>AWS sagt: Zertifikat aktiv, Thing verbunden, sobald das Gerät dort war</translation>
  </message>
  <message>
   <source>AWS tells this only with fleet indexing switched on</source>
   <translation>AWS sagt das nur mit eingeschaltetem Fleet Indexing</translation>
  </message>
  <message>
   <source>Abort</source>
   <translation>Abbruch</translation>
  </message>
  <message>
   <source>Acknowledged</source>
   <translation>Bestätigt</translation>
  </message>
  <message>
   <source>Active, with automatic registration</source>
   <translation>Aktiv, mit automatischer Registrierung</translation>
  </message>
  <message>
   <source>Adapter found, but no service uses it</source>
   <translation>Adapter vorhanden, aber kein Dienst verwendet ihn</translation>
  </message>
  <message>
   <source>Add --secret-file.</source>
   <translation>Geben Sie --secret-file an.</translation>
  </message>
  <message>
   <source>Add `--region` to the cloud profile.</source>
   <translation>Ergänzen Sie `--region` im Cloud-Profil.</translation>
  </message>
  <message>
   <source>Add one with `companion cloud login {profile}`, or in the settings. Your key store keeps it.</source>
   <translation>Fügen Sie eine mit `companion cloud login {profile}` oder in den Einstellungen hinzu. Ihr Schlüsselspeicher bewahrt sie auf.</translation>
  </message>
  <message>
   <source>Addresses are never used twice. Set up further devices in a new network.</source>
   <translation>Adressen werden nie zweimal verwendet. Richten Sie weitere Geräte in einem neuen Netz ein.</translation>
  </message>
  <message>
   <source>After `companion trust crl {file}`: kill -HUP $(pidof mosquitto)</source>
   <translation>Nach `companion trust crl {file}`: kill -HUP $(pidof mosquitto)</translation>
  </message>
  <message>
   <source>Algorithm and method</source>
   <translation>Algorithmus und Methode</translation>
  </message>
  <message>
   <source>All nodes have confirmed that they forgot the old keys</source>
   <translation>Alle Knoten haben bestätigt, dass sie die alten Schlüssel vergessen haben</translation>
  </message>
  <message>
   <source>All numbers for messages from here are used. Leave the network's nodes on: they move on to the next IV index by themselves. Then try again.</source>
   <translation>Alle Nummern für Nachrichten von hier sind verbraucht. Lassen Sie die Knoten des Netzes eingeschaltet: Sie gehen von selbst zum nächsten IV-Index über. Versuchen Sie es dann noch einmal.</translation>
  </message>
  <message>
   <source>All {count} entries are signed</source>
   <translation>Alle {count} Einträge sind signiert</translation>
  </message>
  <message>
   <source>Allow Companion to use Bluetooth in the system's privacy settings, then try again.</source>
   <translation>Erlauben Sie Companion den Bluetooth-Zugriff in den Datenschutzeinstellungen des Systems und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Allow less: a grant that you pass on can't exceed your own.</source>
   <translation>Erlauben Sie weniger: Eine weitergegebene Vollmacht kann nicht über Ihre eigene hinausgehen.</translation>
  </message>
  <message>
   <source>Allow only yourself with `chmod go-w {folder}`, or choose another folder with --data-dir.</source>
   <translation>Erlauben Sie es mit `chmod go-w {folder}` nur sich selbst, oder wählen Sie mit --data-dir einen anderen Ordner.</translation>
  </message>
  <message>
   <source>Amazon Frustration-Free Setup</source>
   <translation>Amazon Frustration-Free Setup</translation>
  </message>
  <message>
   <source>An address can't hold a password</source>
   <translation>Eine Adresse kann kein Passwort enthalten</translation>
  </message>
  <message>
   <source>An attacker in range can change messages unnoticed, or guess a short secret.</source>
   <translation>Ein Angreifer in Reichweite kann Nachrichten unbemerkt ändern oder ein kurzes Geheimnis erraten.</translation>
  </message>
  <message>
   <source>An earlier change is still pending</source>
   <translation>Eine frühere Änderung ist noch nicht abgeschlossen</translation>
  </message>
  <message>
   <source>An earlier run already handed over the credentials, checking the device</source>
   <translation>Ein früherer Lauf hat die Zugangsdaten schon übergeben, das Gerät wird geprüft</translation>
  </message>
  <message>
   <source>An earlier run ended before the device had proved itself, and whoever answered then may have learned the secret. A reset does not change it. Let the device show a number instead (`--method output-oob`), if it can, or give its public key (`--oob-public-key`). If no stranger can have been in range, run the command in a terminal, or with `--accept-risks`, and accept the risk.</source>
   <translation>Ein früherer Lauf endete, bevor das Gerät authentifiziert war, und wer damals antwortete, kann das Geheimnis erfahren haben. Ein Zurücksetzen ändert es nicht. Lassen Sie das Gerät stattdessen eine Zahl zeigen (`--method output-oob`), wenn es das kann, oder geben Sie seinen öffentlichen Schlüssel an (`--oob-public-key`). Wenn kein Fremder in Reichweite gewesen sein kann, führen Sie den Befehl in einem Terminal oder mit `--accept-risks` aus und nehmen Sie das Risiko an.</translation>
  </message>
  <message>
   <source>An earlier run with it ended before the device had proved itself. Whoever answered then may have learned it, and can answer in the device's place now.</source>
   <translation>Ein früherer Lauf damit endete, bevor das Gerät es nachgewiesen hatte. Wer damals antwortete, kennt es vielleicht und kann jetzt anstelle des Geräts antworten.</translation>
  </message>
  <message>
   <source>An enrollment group knows your CA. No internet needed here.</source>
   <translation>Eine Registrierungsgruppe kennt Ihre CA. Dieser Computer braucht dafür kein Internet.</translation>
  </message>
  <message>
   <source>An entry was removed, or two different logs were presented.</source>
   <translation>Ein Eintrag wurde entfernt, oder es wurden zwei verschiedene Logs gezeigt.</translation>
  </message>
  <message>
   <source>An exact rule, not a statistical one.</source>
   <translation>Eine feste Regel, keine statistische.</translation>
  </message>
  <message>
   <source>An identity already exists</source>
   <translation>Eine Identität ist bereits vorhanden</translation>
  </message>
  <message>
   <source>An older version can bring back flaws that were fixed. The device says both versions itself.</source>
   <translation>Eine ältere Version kann behobene Fehler zurückbringen. Beide Versionen nennt das Gerät selbst.</translation>
  </message>
  <message>
   <source>An older version can bring back flaws that were fixed. To send it all the same, add --allow-older.</source>
   <translation>Eine ältere Version kann behobene Fehler zurückbringen. Mit --allow-older wird sie trotzdem gesendet.</translation>
  </message>
  <message>
   <source>And no grant</source>
   <translation>Und keine Vollmacht</translation>
  </message>
  <message>
   <source>And the grants in the file</source>
   <translation>Und die Vollmachten in der Datei</translation>
  </message>
  <message>
   <source>And the last holder signed for this owner</source>
   <translation>Und zuletzt hat die bevollmächtigte Person für diesen Eigentümer signiert</translation>
  </message>
  <message>
   <source>Android device enrolment</source>
   <translation>Registrierung eines Android-Geräts</translation>
  </message>
  <message>
   <source>Another Companion process is using it. Wait until it has finished or close it, then try again.</source>
   <translation>Ein anderer Companion-Prozess verwendet sie. Warten Sie, bis er fertig ist, oder beenden Sie ihn und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Another Companion process is writing to it. Close that process, then try again.</source>
   <translation>Ein anderer Companion-Prozess schreibt darin. Beenden Sie ihn und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Another app can join</source>
   <translation>Eine weitere App kann beitreten</translation>
  </message>
  <message>
   <source>Another app joined</source>
   <translation>Eine weitere App ist beigetreten</translation>
  </message>
  <message>
   <source>Another command is talking to your mesh networks. Wait until it has ended.</source>
   <translation>Ein anderer Befehl spricht gerade mit Ihren Mesh-Netzen. Warten Sie, bis er fertig ist.</translation>
  </message>
  <message>
   <source>Another device may be answering in its place. Check your network. If it happens again, reset the device and set it up again.</source>
   <translation>Möglicherweise antwortet ein anderes Gerät an seiner Stelle. Prüfen Sie Ihr Netz. Tritt es wieder auf, setzen Sie das Gerät zurück und richten Sie es neu ein.</translation>
  </message>
  <message>
   <source>Another device of yours has the same one. If this one replaces it, run again with `--same-serial replacement`, which revokes the other's certificates; to keep both, use `--same-serial other`.</source>
   <translation>Ein anderes Ihrer Geräte hat dieselbe. Ersetzt dieses Gerät das andere, starten Sie erneut mit `--same-serial replacement` (widerruft die Zertifikate des anderen); um beide zu behalten, mit `--same-serial other`.</translation>
  </message>
  <message>
   <source>Another device with the same key could impersonate it.</source>
   <translation>Ein anderes Gerät mit demselben Schlüssel könnte sich als dieses ausgeben.</translation>
  </message>
  <message>
   <source>Another device with the same secret could impersonate it.</source>
   <translation>Ein anderes Gerät mit demselben Geheimnis könnte sich als dieses ausgeben.</translation>
  </message>
  <message>
   <source>Another station works with this journal</source>
   <translation>Eine andere Station arbeitet mit diesem Journal</translation>
  </message>
  <message>
   <source>Another wrong PIN could lock it. Look the PIN up, then run `companion hsm retry` to allow one more.</source>
   <translation>Eine weitere falsche PIN könnte es sperren. Schlagen Sie die PIN nach, und erlauben Sie mit `companion hsm retry` eine weitere.</translation>
  </message>
  <message>
   <source>Any board with Bluetooth; a button where it asks for one.</source>
   <translation>Jedes Board mit Bluetooth; eine Taste, wo es danach fragt.</translation>
  </message>
  <message>
   <source>Any board with ESP-IDF; no display and no button.</source>
   <translation>Jedes Board mit ESP-IDF; weder Anzeige noch Taste.</translation>
  </message>
  <message>
   <source>Any board with USB or a serial port; no radio at all.</source>
   <translation>Jedes Board mit USB oder serieller Schnittstelle, ganz ohne Funk.</translation>
  </message>
  <message>
   <source>Any device in range can claim to be this one.</source>
   <translation>Jedes Gerät in Reichweite kann sich als dieses ausgeben.</translation>
  </message>
  <message>
   <source>Any device in range can claim to be this one. Make it blink to see which one it is.</source>
   <translation>Jedes Gerät in Reichweite kann sich als dieses ausgeben. Lassen Sie es blinken, um es zu erkennen.</translation>
  </message>
  <message>
   <source>Anyone else who sees or hears that secret could impersonate it or intercept. Keep others away.</source>
   <translation>Wer dieses Geheimnis sonst noch sieht oder hört, könnte sich als das Gerät ausgeben oder mitlesen. Halten Sie andere fern.</translation>
  </message>
  <message>
   <source>Anyone in range can answer in its place and receive the key of your mesh network.</source>
   <translation>Jeder in Reichweite kann an seiner Stelle antworten und den Schlüssel Ihres Mesh-Netzes erhalten.</translation>
  </message>
  <message>
   <source>Anyone in range can answer in its place without its secret, and receive the key of your mesh network.</source>
   <translation>Jeder in Reichweite kann ohne sein Geheimnis an seiner Stelle antworten und den Schlüssel Ihres Mesh-Netzes erhalten.</translation>
  </message>
  <message>
   <source>Anyone in range can guess it and, with luck, receive the key of your mesh network.</source>
   <translation>Jeder in Reichweite kann es raten und mit etwas Glück den Schlüssel Ihres Mesh-Netzes erhalten.</translation>
  </message>
  <message>
   <source>Anyone who heard or recorded the sound in those minutes could impersonate it, or intercept.</source>
   <translation>Wer den Ton in diesen Minuten gehört oder aufgenommen hat, könnte sich als das Gerät ausgeben oder mitlesen.</translation>
  </message>
  <message>
   <source>Anyone who saw or filmed the light in those minutes could impersonate it, or intercept.</source>
   <translation>Wer das Licht in diesen Minuten gesehen oder gefilmt hat, kann sich als das Gerät ausgeben oder mitlesen.</translation>
  </message>
  <message>
   <source>Anyone who saw or filmed the screen in those minutes could impersonate it, or intercept.</source>
   <translation>Wer den Bildschirm in diesen Minuten gesehen oder gefilmt hat, könnte sich als das Gerät ausgeben oder mitlesen.</translation>
  </message>
  <message>
   <source>Anyone with one label can impersonate the other device.</source>
   <translation>Wer ein Etikett hat, kann sich als das andere Gerät ausgeben.</translation>
  </message>
  <message>
   <source>Anyone with the file and its passphrase owns your devices. Keep them apart.</source>
   <translation>Wer die Datei und ihre Passphrase hat, dem gehören Ihre Geräte. Bewahren Sie beide getrennt auf.</translation>
  </message>
  <message>
   <source>Apple menu → System Information → Bluetooth shows your adapter</source>
   <translation>Apple-Menü → Systeminformationen → Bluetooth zeigt Ihren Adapter</translation>
  </message>
  <message>
   <source>Aqara device</source>
   <translation>Aqara-Gerät</translation>
  </message>
  <message>
   <source>Ask its owner for a grant that covers it.</source>
   <translation>Bitten Sie den Eigentümer um eine Vollmacht, die das abdeckt.</translation>
  </message>
  <message>
   <source>Ask the RADIUS server itself (--radius and --secret-file), use a Wi-Fi interface as root (--interface), or use a computer with NetworkManager.</source>
   <translation>Fragen Sie den RADIUS-Server selbst (--radius und --secret-file), verwenden Sie als root eine WLAN-Schnittstelle (--interface), oder einen Computer mit NetworkManager.</translation>
  </message>
  <message>
   <source>Ask the RADIUS server itself (--radius), or use a computer with Wi-Fi.</source>
   <translation>Fragen Sie den RADIUS-Server selbst (--radius), oder verwenden Sie einen Computer mit WLAN.</translation>
  </message>
  <message>
   <source>Ask the delegate for the complete journal: `companion log export FILE` without --since.</source>
   <translation>Bitten Sie den Bevollmächtigten um das vollständige Journal: `companion log export FILE` ohne --since.</translation>
  </message>
  <message>
   <source>Ask the owner to transfer it, or reset it (hold its button for ten seconds) and scan again.</source>
   <translation>Bitten Sie den Eigentümer, es zu übertragen, oder setzen Sie es zurück (Taste zehn Sekunden halten) und scannen Sie erneut.</translation>
  </message>
  <message>
   <source>Ask whoever gave it to you for a new one.</source>
   <translation>Bitten Sie den Aussteller um ein neues.</translation>
  </message>
  <message>
   <source>Ask your administrator for the CA's certificate, then use it with --ca.</source>
   <translation>Fragen Sie Ihre Administration nach dem Zertifikat der CA und verwenden Sie es mit --ca.</translation>
  </message>
  <message>
   <source>Ask your administrator for the name in the server's certificate. Only the identity was sent to it.</source>
   <translation>Fragen Sie Ihre Administration nach dem Namen im Zertifikat des Servers. Er hat nur die Identität erhalten.</translation>
  </message>
  <message>
   <source>Ask your administrator for this right, or for the commands of `companion cloud setup --print`.</source>
   <translation>Bitten Sie Ihre Administration um dieses Recht, oder geben Sie ihr die Befehle von `companion cloud setup --print`.</translation>
  </message>
  <message>
   <source>Ask your administrator what the RADIUS server's log says about this identity.</source>
   <translation>Fragen Sie Ihre Administration, was das Log des RADIUS-Servers zu dieser Identität sagt.</translation>
  </message>
  <message>
   <source>Ask {owner} for a grant that allows it.</source>
   <translation>Bitten Sie {owner} um eine Vollmacht, die es erlaubt.</translation>
  </message>
  <message>
   <source>Asking {endpoint} about the device</source>
   <translation>{endpoint} wird nach dem Gerät gefragt</translation>
  </message>
  <message>
   <source>At most 32 cancelled transfer tokens can be blocked at a time. To free an entry, reset one of their devices or change its reset lock with `companion devices reprovision DEVICE --reset-lock on|off`.</source>
   <translation>Höchstens 32 widerrufene Übertragungs-Token lassen sich gleichzeitig sperren. Um Platz zu schaffen, setzen Sie eines ihrer Geräte zurück oder ändern Sie dessen Reset-Sperre mit `companion devices reprovision DEVICE --reset-lock on|off`.</translation>
  </message>
  <message>
   <source>At most 32 grants, holders and transfer tokens can be listed at a time. `companion trust revocation raise-floor` ends all grants at once and frees their entries.</source>
   <translation>Höchstens 32 Vollmachten, Bevollmächtigte und Übertragungs-Token lassen sich gleichzeitig sperren. `companion trust revocation raise-floor` beendet alle Vollmachten auf einmal und schafft Platz.</translation>
  </message>
  <message>
   <source>At {at} by the device's clock. The grant had expired at {until}</source>
   <translation>Um {at} nach der Uhr des Geräts. Die Vollmacht war am {until} abgelaufen</translation>
  </message>
  <message>
   <source>At {at} by the device's clock. The grant is valid until {until}</source>
   <translation>Um {at} nach der Uhr des Geräts. Die Vollmacht gilt bis {until}</translation>
  </message>
  <message>
   <source>Attention, in seconds</source>
   <translation>Aufmerksamkeit, in Sekunden</translation>
  </message>
  <message>
   <source>Attested by its manufacturer</source>
   <translation>Vom Hersteller attestiert</translation>
  </message>
  <message>
   <source>Authenticated by a shared key</source>
   <translation>Durch einen gemeinsamen Schlüssel authentifiziert</translation>
  </message>
  <message>
   <source>Authenticated by number comparison</source>
   <translation>Durch Zahlenvergleich authentifiziert</translation>
  </message>
  <message>
   <source>Authenticated by the key on record</source>
   <translation>Durch den gespeicherten Schlüssel authentifiziert</translation>
  </message>
  <message>
   <source>Authenticated by the public key you gave</source>
   <translation>Authentifiziert durch den öffentlichen Schlüssel, den Sie angegeben haben</translation>
  </message>
  <message>
   <source>Authenticated by the setup code</source>
   <translation>Durch den Einrichtungscode authentifiziert</translation>
  </message>
  <message>
   <source>Authenticated by the transfer token</source>
   <translation>Durch das Übertragungs-Token authentifiziert</translation>
  </message>
  <message>
   <source>Authentication failed</source>
   <translation>Authentifizierung fehlgeschlagen</translation>
  </message>
  <message>
   <source>Authentication failed for {count} of {attempts} devices on one day. Usual: {usual} %.</source>
   <translation>Die Authentifizierung ist an einem Tag bei {count} von {attempts} Geräten gescheitert. Üblich: {usual} %.</translation>
  </message>
  <message>
   <source>Azure IoT, by a key of its own</source>
   <translation>Azure IoT, über einen eigenen Schlüssel</translation>
  </message>
  <message>
   <source>Azure IoT, by your CA</source>
   <translation>Azure IoT, über Ihre CA</translation>
  </message>
  <message>
   <source>Azure could not assign the device to a hub, error {code}.</source>
   <translation>Azure konnte das Gerät keinem Hub zuweisen, Fehler {code}.</translation>
  </message>
  <message>
   <source>Azure has not seen the device yet</source>
   <translation>Azure hat das Gerät noch nicht gesehen</translation>
  </message>
  <message>
   <source>Azure knows no group for this device</source>
   <translation>Azure kennt keine Gruppe für dieses Gerät</translation>
  </message>
  <message>
   <source>Azure says {status}, error {code}</source>
   <translation>Azure sagt {status}, Fehler {code}</translation>
  </message>
  <message>
   <source>Azure says: device assigned to its hub, once the device was there</source>
   <translation>Azure sagt: Gerät seinem Hub zugewiesen, sobald es dort war</translation>
  </message>
  <message>
   <source>BTP flags</source>
   <translation>BTP-Flags</translation>
  </message>
  <message>
   <source>BTP handshake</source>
   <translation>BTP-Handshake</translation>
  </message>
  <message>
   <source>Backup file: {file}</source>
   <translation>Sicherungsdatei: {file}</translation>
  </message>
  <message>
   <source>Backup made: {made} UTC</source>
   <translation>Sicherung vom {made} UTC</translation>
  </message>
  <message>
   <source>Bluetooth adapter ready</source>
   <translation>Bluetooth-Adapter bereit</translation>
  </message>
  <message>
   <source>Bluetooth does not respond</source>
   <translation>Bluetooth reagiert nicht</translation>
  </message>
  <message>
   <source>Bluetooth failed</source>
   <translation>Bluetooth-Fehler</translation>
  </message>
  <message>
   <source>Bluetooth failed ({code})</source>
   <translation>Bluetooth-Fehler ({code})</translation>
  </message>
  <message>
   <source>Bluetooth fault</source>
   <translation>Fehler an Bluetooth</translation>
  </message>
  <message>
   <source>Bluetooth is blocked by a hardware switch</source>
   <translation>Bluetooth ist durch einen Hardwareschalter gesperrt</translation>
  </message>
  <message>
   <source>Bluetooth is blocked by software</source>
   <translation>Bluetooth ist durch Software gesperrt</translation>
  </message>
  <message>
   <source>Bluetooth is turned off</source>
   <translation>Bluetooth ist ausgeschaltet</translation>
  </message>
  <message>
   <source>Bluetooth mesh</source>
   <translation>Bluetooth Mesh</translation>
  </message>
  <message>
   <source>Bluetooth pairing failed</source>
   <translation>Bluetooth-Kopplung fehlgeschlagen</translation>
  </message>
  <message>
   <source>Bluetooth was turned off, waiting for it</source>
   <translation>Bluetooth wurde ausgeschaltet, Companion wartet</translation>
  </message>
  <message>
   <source>Both ends must prove their certificates</source>
   <translation>Beide Seiten müssen ihre Zertifikate beweisen</translation>
  </message>
  <message>
   <source>Both ends proved the secret, but a recording can reveal parts of what was sent.</source>
   <translation>Beide Seiten haben das Geheimnis bewiesen, aber eine Aufzeichnung kann Teile des Gesendeten verraten.</translation>
  </message>
  <message>
   <source>Both sides must prove that they know the passcode, and every message is encrypted. Anyone who reads the label while the device waits could set it up too.</source>
   <translation>Beide Seiten müssen nachweisen, dass sie den Passcode kennen, und jede Nachricht ist verschlüsselt. Wer das Etikett liest, solange das Gerät wartet, könnte es auch einrichten.</translation>
  </message>
  <message>
   <source>Both sides must prove that they know the secret of the setup code, and every message must be encrypted and authenticated. Otherwise Companion stops.</source>
   <translation>Beide Seiten müssen nachweisen, dass sie das Geheimnis des Einrichtungscodes kennen, und jede Nachricht muss verschlüsselt und authentifiziert sein. Andernfalls bricht Companion ab.</translation>
  </message>
  <message>
   <source>Breaks the protocol</source>
   <translation>Verstößt gegen das Protokoll</translation>
  </message>
  <message>
   <source>By its last entry</source>
   <translation>Nach dem letzten Eintrag</translation>
  </message>
  <message>
   <source>By its serial number</source>
   <translation>Mit seiner Seriennummer</translation>
  </message>
  <message>
   <source>By its site, {site}</source>
   <translation>Mit seinem Standort, {site}</translation>
  </message>
  <message>
   <source>By the hash that fdo-rs wrote, which other software rejects</source>
   <translation>Nach dem Hash, den fdo-rs geschrieben hat und den andere Software ablehnt</translation>
  </message>
  <message>
   <source>By the owner's list of {time}</source>
   <translation>Nach der Liste des Eigentümers vom {time}</translation>
  </message>
  <message>
   <source>By the uploaded certificate {name}; whether that is your CA, only Azure's portal shows</source>
   <translation>Über das hochgeladene Zertifikat {name}; ob das Ihre CA ist, zeigt nur das Portal von Azure</translation>
  </message>
  <message>
   <source>By their hash</source>
   <translation>Nach ihrem Hash</translation>
  </message>
  <message>
   <source>CA in the group</source>
   <translation>CA in der Gruppe</translation>
  </message>
  <message>
   <source>CA of the delegate</source>
   <translation>CA der bevollmächtigten Person</translation>
  </message>
  <message>
   <source>CA registered</source>
   <translation>CA registriert</translation>
  </message>
  <message>
   <source>COMPANION_UPDATES is no https address</source>
   <translation>COMPANION_UPDATES ist keine https-Adresse</translation>
  </message>
  <message>
   <source>Calendar entry</source>
   <translation>Kalendereintrag</translation>
  </message>
  <message>
   <source>Camera found ({nodes})</source>
   <translation>Kamera gefunden ({nodes})</translation>
  </message>
  <message>
   <source>Can't connect to the system bus ({fault})</source>
   <translation>Keine Verbindung zum Systembus ({fault})</translation>
  </message>
  <message>
   <source>Can't open the file as a recording</source>
   <translation>Die Datei lässt sich nicht als Aufnahme öffnen</translation>
  </message>
  <message>
   <source>Can't open the file as an image</source>
   <translation>Datei lässt sich nicht als Bild öffnen</translation>
  </message>
  <message>
   <source>Can't open the key store</source>
   <translation>Schlüsselspeicher lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>Can't open the radio “{spec}”</source>
   <translation>Funkschnittstelle „{spec}“ nicht verfügbar</translation>
  </message>
  <message>
   <source>Can't open the serial port {port}</source>
   <translation>Serieller Anschluss {port} nicht verfügbar</translation>
  </message>
  <message>
   <source>Can't read the backup</source>
   <translation>Die Sicherung ist nicht lesbar</translation>
  </message>
  <message>
   <source>Can't read the key file</source>
   <translation>Schlüsseldatei nicht lesbar</translation>
  </message>
  <message>
   <source>Can't read the registry</source>
   <translation>Registry nicht lesbar</translation>
  </message>
  <message>
   <source>Can't read the station's journal {file}</source>
   <translation>Das Journal {file} der Station ist nicht lesbar</translation>
  </message>
  <message>
   <source>Can't read {file}</source>
   <translation>{file} kann nicht gelesen werden</translation>
  </message>
  <message>
   <source>Can't record Bluetooth traffic</source>
   <translation>Bluetooth-Verkehr lässt sich nicht aufzeichnen</translation>
  </message>
  <message>
   <source>Can't use the NFC tag</source>
   <translation>NFC-Tag nicht verwendbar</translation>
  </message>
  <message>
   <source>Can't write to {folder}</source>
   <translation>Kein Schreibzugriff auf {folder}</translation>
  </message>
  <message>
   <source>Can't write {file}</source>
   <translation>{file} kann nicht geschrieben werden</translation>
  </message>
  <message>
   <source>Cancellation list full</source>
   <translation>Widerrufsliste voll</translation>
  </message>
  <message>
   <source>Cancelled</source>
   <translation>Abgebrochen</translation>
  </message>
  <message>
   <source>Capabilities</source>
   <translation>Fähigkeiten</translation>
  </message>
  <message>
   <source>Cellular fault</source>
   <translation>Fehler am Mobilfunk</translation>
  </message>
  <message>
   <source>Certificate active</source>
   <translation>Zertifikat aktiv</translation>
  </message>
  <message>
   <source>Certificate server answers</source>
   <translation>Zertifikatserver antwortet</translation>
  </message>
  <message>
   <source>Certificates (TLS)</source>
   <translation>Zertifikate (TLS)</translation>
  </message>
  <message>
   <source>Certificates of the manufacturer and the Alliance vouch for it.</source>
   <translation>Zertifikate des Herstellers und der Alliance weisen es nach.</translation>
  </message>
  <message>
   <source>Certification declaration</source>
   <translation>Zertifizierungserklärung</translation>
  </message>
  <message>
   <source>Change its network with `companion devices reprovision {device}`, transfer it with `companion devices transfer {device}`, or remove its owner with `companion devices reset {device}`.</source>
   <translation>Ändern Sie sein Netz mit `companion devices reprovision {device}`, übertragen Sie es mit `companion devices transfer {device}`, oder entfernen Sie den Eigentümer mit `companion devices reset {device}`.</translation>
  </message>
  <message>
   <source>Check --kind and the login, and whether it accepts vouchers that are assigned to this owner.</source>
   <translation>Prüfen Sie --kind und die Anmeldung, und ob der Server Voucher annimmt, die diesem Eigentümer zugeordnet sind.</translation>
  </message>
  <message>
   <source>Check failed ({why})</source>
   <translation>Prüfung fehlgeschlagen ({why})</translation>
  </message>
  <message>
   <source>Check its address, and that --ca is the certificate of its CA. Nothing was changed there.</source>
   <translation>Prüfen Sie die Adresse und ob --ca das Zertifikat seiner CA ist. Dort wurde nichts geändert.</translation>
  </message>
  <message>
   <source>Check its address, and that the root certificate you have for it is the right one.</source>
   <translation>Prüfen Sie seine Adresse und ob Sie das richtige Stammzertifikat für ihn haben.</translation>
  </message>
  <message>
   <source>Check its address, that it knows this computer as a client, and the shared secret.</source>
   <translation>Prüfen Sie seine Adresse, ob er diesen Computer als Client kennt, und das gemeinsame Geheimnis.</translation>
  </message>
  <message>
   <source>Check its name and folder.</source>
   <translation>Prüfen Sie Namen und Ordner.</translation>
  </message>
  <message>
   <source>Check that `companion witness serve` runs there, or exchange files with it.</source>
   <translation>Prüfen Sie, ob dort `companion witness serve` läuft, oder tauschen Sie Dateien mit ihm aus.</translation>
  </message>
  <message>
   <source>Check that it is powered on and in setup mode, and move within two metres of it.</source>
   <translation>Prüfen Sie, ob es eingeschaltet und im Einrichtungsmodus ist, und gehen Sie auf zwei Meter heran.</translation>
  </message>
  <message>
   <source>Check that it is switched on in the firmware and that your user is in the group tss. Companion needs its extra “tpm” for it.</source>
   <translation>Prüfen Sie, ob es in der Firmware eingeschaltet ist und ob Ihr Benutzerkonto zur Gruppe tss gehört. Companion braucht dafür sein Extra „tpm“.</translation>
  </message>
  <message>
   <source>Check that it is the file that you mean, and download it again.</source>
   <translation>Prüfen Sie, ob es die gemeinte Datei ist, und laden Sie sie erneut herunter.</translation>
  </message>
  <message>
   <source>Check that it is the right file and that you are allowed to read it.</source>
   <translation>Prüfen Sie, ob es die richtige Datei ist und ob Sie sie lesen dürfen.</translation>
  </message>
  <message>
   <source>Check that its folder exists, has space and lets you write.</source>
   <translation>Prüfen Sie, ob es den Ordner gibt, ob dort Platz ist und ob Sie dort schreiben dürfen.</translation>
  </message>
  <message>
   <source>Check that the board is powered on, and that its firmware offers updates over Bluetooth (SMP).</source>
   <translation>Prüfen Sie, ob das Board eingeschaltet ist und seine Firmware Updates über Bluetooth (SMP) anbietet.</translation>
  </message>
  <message>
   <source>Check that the endpoint is running and that no firewall blocks the device.</source>
   <translation>Prüfen Sie, ob der Endpunkt läuft und keine Firewall das Gerät blockiert.</translation>
  </message>
  <message>
   <source>Check that the endpoint trusts your CA and that both clocks are right.</source>
   <translation>Prüfen Sie, ob der Endpunkt Ihrer CA vertraut und beide Uhren richtig gehen.</translation>
  </message>
  <message>
   <source>Check that the router's DHCP server has free addresses.</source>
   <translation>Prüfen Sie, ob der DHCP-Server des Routers freie Adressen hat.</translation>
  </message>
  <message>
   <source>Check that the setup code belongs to this device, then try again.</source>
   <translation>Prüfen Sie, ob der Einrichtungscode zu diesem Gerät gehört, und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Check that {reason}.</source>
   <translation>Prüfen Sie: {reason}.</translation>
  </message>
  <message>
   <source>Check the cable, and close other programs that use the port. On Linux, join the `dialout` group.</source>
   <translation>Prüfen Sie das Kabel, und schließen Sie andere Programme, die den Anschluss verwenden. Unter Linux: Treten Sie der Gruppe `dialout` bei.</translation>
  </message>
  <message>
   <source>Check the dataset, and that a border router is in range.</source>
   <translation>Prüfen Sie den Datensatz und ob ein Border-Router in Reichweite ist.</translation>
  </message>
  <message>
   <source>Check the endpoint's name and the network's DNS.</source>
   <translation>Prüfen Sie den Namen des Endpunkts und das DNS des Netzes.</translation>
  </message>
  <message>
   <source>Check the free space and permissions of Companion's data folder.</source>
   <translation>Prüfen Sie freien Speicher und Zugriffsrechte des Companion-Datenordners.</translation>
  </message>
  <message>
   <source>Check the name and move closer to an access point.</source>
   <translation>Prüfen Sie den Namen und gehen Sie näher an einen Access Point.</translation>
  </message>
  <message>
   <source>Check the network and the server. Runs are kept on this computer and delivered later.</source>
   <translation>Prüfen Sie Netz und Server. Läufe bleiben auf diesem Computer und werden später zugestellt.</translation>
  </message>
  <message>
   <source>Check the network, then try again. You don't need to enter anything else again.</source>
   <translation>Prüfen Sie das Netz und versuchen Sie es erneut. Ihre übrigen Eingaben bleiben erhalten.</translation>
  </message>
  <message>
   <source>Check the password and move the device closer to the router. Many devices support only 2.4 GHz.</source>
   <translation>Prüfen Sie das Passwort, und stellen Sie das Gerät näher an den Router. Viele Geräte unterstützen nur 2,4 GHz.</translation>
  </message>
  <message>
   <source>Check the password, and look for the device in your router's list. If it is not listed, reset the device and set it up again.</source>
   <translation>Prüfen Sie das Passwort, und suchen Sie das Gerät in der Liste Ihres Routers. Wenn es dort fehlt, setzen Sie es zurück, und richten Sie es neu ein.</translation>
  </message>
  <message>
   <source>Check the secret on the device's label, then enter it again.</source>
   <translation>Prüfen Sie das Geheimnis auf dem Etikett des Geräts, und geben Sie es erneut ein.</translation>
  </message>
  <message>
   <source>Check the user name and password, and ask its administrator what it requires of a request.</source>
   <translation>Prüfen Sie Benutzername und Passwort, und fragen Sie in der Administration, was der Server von einem Antrag verlangt.</translation>
  </message>
  <message>
   <source>Check the user name on the device's label, then try again.</source>
   <translation>Prüfen Sie den Benutzernamen auf dem Etikett des Geräts und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Check this computer's clock. If it is right, the server needs a new certificate.</source>
   <translation>Prüfen Sie die Uhr dieses Computers. Geht sie richtig, braucht der Server ein neues Zertifikat.</translation>
  </message>
  <message>
   <source>Check this computer's internet connection, then try again. Nothing was handed over.</source>
   <translation>Prüfen Sie die Internetverbindung dieses Computers, und versuchen Sie es erneut. Es wurde nichts übergeben.</translation>
  </message>
  <message>
   <source>Check user and database, and the password: `companion registry password`, or the settings (also ~/.pgpass or PGPASSWORD).</source>
   <translation>Prüfen Sie Benutzer und Datenbank und das Passwort: `companion registry password` oder die Einstellungen (auch ~/.pgpass oder PGPASSWORD).</translation>
  </message>
  <message>
   <source>Check {what}: {reason}.</source>
   <translation>Prüfen Sie {what}: {reason}.</translation>
  </message>
  <message>
   <source>Checking the device's certificates</source>
   <translation>Die Zertifikate des Geräts werden geprüft</translation>
  </message>
  <message>
   <source>Checksum</source>
   <translation>Prüfsumme</translation>
  </message>
  <message>
   <source>Checksum of the image</source>
   <translation>Prüfsumme des Images</translation>
  </message>
  <message>
   <source>Choose a log head signed by this owner and exported from this registry.</source>
   <translation>Wählen Sie einen Log-Head, den dieser Eigentümer signiert hat und der aus dieser Registry stammt.</translation>
  </message>
  <message>
   <source>Choose a run that was connected to its device over Bluetooth.</source>
   <translation>Wählen Sie einen Lauf, der über Bluetooth mit seinem Gerät verbunden war.</translation>
  </message>
  <message>
   <source>Choose an MCUboot image that was built for this board.</source>
   <translation>Wählen Sie ein MCUboot-Image, das für dieses Board gebaut wurde.</translation>
  </message>
  <message>
   <source>Choose another folder with --data-dir.</source>
   <translation>Wählen Sie mit --data-dir einen anderen Ordner.</translation>
  </message>
  <message>
   <source>Choose another name, or overwrite it with --force.</source>
   <translation>Wählen Sie einen anderen Namen, oder überschreiben Sie sie mit --force.</translation>
  </message>
  <message>
   <source>Choose another place, best on another disk.</source>
   <translation>Wählen Sie einen anderen Ort, am besten auf einem anderen Datenträger.</translation>
  </message>
  <message>
   <source>Choose one by its name or address with `--device` (see `companion nearby`), provide the setup code of one, or leave only one in setup mode.</source>
   <translation>Wählen Sie eines mit `--device` nach Name oder Adresse (siehe `companion nearby`), geben Sie den Einrichtungscode eines Geräts an, oder lassen Sie nur eines im Einrichtungsmodus.</translation>
  </message>
  <message>
   <source>Choose one with --grant: {candidates}.</source>
   <translation>Wählen Sie mit --grant eine aus: {candidates}.</translation>
  </message>
  <message>
   <source>Choose the device, and accept the risk.</source>
   <translation>Das Gerät auswählen und das Risiko annehmen.</translation>
  </message>
  <message>
   <source>Choose the device, and press its button if it asks.</source>
   <translation>Gerät wählen und seine Taste drücken, wenn es danach fragt.</translation>
  </message>
  <message>
   <source>Choose the device. Some ask for the PSKd on their label.</source>
   <translation>Das Gerät wählen. Manche fragen nach dem PSKd auf ihrem Etikett.</translation>
  </message>
  <message>
   <source>Classical cryptography</source>
   <translation>Klassische Kryptografie</translation>
  </message>
  <message>
   <source>Close other programs that use it, reconnect it, or enter the code.</source>
   <translation>Schließen Sie andere Programme, die sie verwenden, stecken Sie sie neu an, oder geben Sie den Code ein.</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>Command</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>Commissioned</source>
   <translation>Eingerichtet</translation>
  </message>
  <message>
   <source>Commissioned, after a retry</source>
   <translation>Eingerichtet, nach erneutem Versuch</translation>
  </message>
  <message>
   <source>Companion can set up these devices, one after the other.</source>
   <translation>Companion kann diese Geräte nacheinander einrichten.</translation>
  </message>
  <message>
   <source>Companion can set up these devices, one after the other. Some of them need more than power first.</source>
   <translation>Companion kann diese Geräte nacheinander einrichten. Manche davon brauchen zuerst mehr als Strom.</translation>
  </message>
  <message>
   <source>Companion can set up this device once the manufacturer's app or website has prepared it. Follow the manufacturer's instructions first.</source>
   <translation>Companion kann dieses Gerät einrichten, sobald die App oder Website des Herstellers es vorbereitet hat. Folgen Sie zuerst der Anleitung des Herstellers.</translation>
  </message>
  <message>
   <source>Companion can set up this device over Bluetooth or the network.</source>
   <translation>Companion kann dieses Gerät über Bluetooth oder das Netz einrichten.</translation>
  </message>
  <message>
   <source>Companion can set up this device over Bluetooth.</source>
   <translation>Companion kann dieses Gerät über Bluetooth einrichten.</translation>
  </message>
  <message>
   <source>Companion can set up this device. First press its button, or follow its instructions, until it is in setup mode.</source>
   <translation>Companion kann dieses Gerät einrichten. Drücken Sie zuerst seine Taste oder folgen Sie seiner Anleitung, bis es im Einrichtungsmodus ist.</translation>
  </message>
  <message>
   <source>Companion does not recognise this code. If the device has another code, scan that one.</source>
   <translation>Companion kennt diesen Code nicht. Wenn das Gerät noch einen anderen Code hat, scannen Sie diesen.</translation>
  </message>
  <message>
   <source>Companion is allowed to use Bluetooth</source>
   <translation>Companion darf Bluetooth verwenden</translation>
  </message>
  <message>
   <source>Companion is installed without firmware updates over Bluetooth</source>
   <translation>Companion ist ohne Firmware-Updates über Bluetooth installiert</translation>
  </message>
  <message>
   <source>Companion is installed without support for {cloud}</source>
   <translation>Companion ist ohne Unterstützung für {cloud} installiert</translation>
  </message>
  <message>
   <source>Companion knows images of ESP-IDF and MCUboot, and SUIT manifests. Unpack an archive first.</source>
   <translation>Companion kennt Images von ESP-IDF und MCUboot sowie SUIT-Manifeste. Entpacken Sie ein Archiv zuerst.</translation>
  </message>
  <message>
   <source>Companion never accepts less protection than the setup code requires.</source>
   <translation>Companion akzeptiert nie weniger Schutz, als der Einrichtungscode verlangt.</translation>
  </message>
  <message>
   <source>Companion reads those of FDO 1.1. Ask the manufacturer of the device for one in that form.</source>
   <translation>Companion liest solche von FDO 1.1. Bitten Sie den Hersteller des Geräts um einen in dieser Form.</translation>
  </message>
  <message>
   <source>Companion sends no credentials until the device has proved the identity key in the code.</source>
   <translation>Companion sendet erst Zugangsdaten, wenn das Gerät den Identitätsschlüssel aus dem Code nachgewiesen hat.</translation>
  </message>
  <message>
   <source>Companion sends nothing until the device has proved a certificate of a CA that you trust.</source>
   <translation>Companion sendet nichts, bevor das Gerät ein Zertifikat einer CA bewiesen hat, der Sie vertrauen.</translation>
  </message>
  <message>
   <source>Companion uses NFC Forum Type 2 and Type 4 tags that need no key. Use the code on the label.</source>
   <translation>Companion verwendet Tags der Typen 2 und 4 des NFC-Forums, die keinen Schlüssel brauchen. Verwenden Sie den Code auf dem Etikett.</translation>
  </message>
  <message>
   <source>Companion {version} is available</source>
   <translation>Companion {version} ist verfügbar</translation>
  </message>
  <message>
   <source>Companion's own open protocol: firmware has to implement it, and few apps speak it.</source>
   <translation>Companions eigenes offenes Protokoll: Firmware muss es umsetzen, und wenige Apps sprechen es.</translation>
  </message>
  <message>
   <source>Companion: recovery sheet</source>
   <translation>Companion: Wiederherstellungsblatt</translation>
  </message>
  <message>
   <source>Compare six digits and confirm them at both ends.</source>
   <translation>Sechs Ziffern vergleichen und auf beiden Seiten bestätigen.</translation>
  </message>
  <message>
   <source>Compare the CA's fingerprint with your administrator's. It may be the wrong file, or a fake access point. Only the identity was sent to it.</source>
   <translation>Vergleichen Sie den Fingerabdruck der CA mit dem Ihrer Administration. Es kann die falsche Datei sein oder ein falscher Access Point. Er hat nur die Identität erhalten.</translation>
  </message>
  <message>
   <source>Compare the fingerprint of its key: {mark}</source>
   <translation>Vergleichen Sie den Fingerabdruck seines Schlüssels: {mark}</translation>
  </message>
  <message>
   <source>Complete it with `companion devices query {device}`. Otherwise the device reverts it within ten minutes.</source>
   <translation>Schließen Sie sie mit `companion devices query {device}` ab. Andernfalls macht das Gerät sie innerhalb von zehn Minuten rückgängig.</translation>
  </message>
  <message>
   <source>Configuration</source>
   <translation>Konfiguration</translation>
  </message>
  <message>
   <source>Configure it first: `companion mesh configure {node}`. Companion asks it then what it can do.</source>
   <translation>Konfigurieren Sie ihn zuerst: `companion mesh configure {node}`. Companion fragt ihn dann, was er kann.</translation>
  </message>
  <message>
   <source>Confirmed on the device</source>
   <translation>Am Gerät bestätigt</translation>
  </message>
  <message>
   <source>Connect a microphone, then run this check again</source>
   <translation>Schließen Sie ein Mikrofon an und prüfen Sie dann erneut</translation>
  </message>
  <message>
   <source>Connect one, close other programs that use it, or use the code on the label.</source>
   <translation>Schließen Sie eines an, beenden Sie andere Programme, die es verwenden, oder nehmen Sie den Code auf dem Etikett.</translation>
  </message>
  <message>
   <source>Connect one, or run `companion doctor` to see what is missing.</source>
   <translation>Schließen Sie eines an, oder rufen Sie `companion doctor` auf, um zu sehen, was fehlt.</translation>
  </message>
  <message>
   <source>Connect this computer to the device's network, then try again.</source>
   <translation>Verbinden Sie diesen Computer mit dem Netz des Geräts und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Connect this computer to the devices' network, or use --endpoint</source>
   <translation>Verbinden Sie diesen Computer mit dem Netz der Geräte, oder verwenden Sie --endpoint</translation>
  </message>
  <message>
   <source>Connect this computer to the server, so that they are delivered, then go on.</source>
   <translation>Verbinden Sie diesen Computer mit dem Server, damit sie zugestellt werden, und machen Sie dann weiter.</translation>
  </message>
  <message>
   <source>Connected</source>
   <translation>Verbunden</translation>
  </message>
  <message>
   <source>Connected by cable to {port}</source>
   <translation>Per Kabel an {port}</translation>
  </message>
  <message>
   <source>Connected to {endpoint}</source>
   <translation>Mit {endpoint} verbunden</translation>
  </message>
  <message>
   <source>Connected to {name}</source>
   <translation>Verbunden mit {name}</translation>
  </message>
  <message>
   <source>Connected without encryption</source>
   <translation>Ohne Verschlüsselung verbunden</translation>
  </message>
  <message>
   <source>Connected without encryption, over the serial port</source>
   <translation>Ohne Verschlüsselung verbunden, über den seriellen Anschluss</translation>
  </message>
  <message>
   <source>Connection to the device lost</source>
   <translation>Verbindung zum Gerät verloren</translation>
  </message>
  <message>
   <source>Contact</source>
   <translation>Kontakt</translation>
  </message>
  <message>
   <source>Control</source>
   <translation>Steuerung</translation>
  </message>
  <message>
   <source>Control Panel → Credential Manager, or set COMPANION_PASSPHRASE</source>
   <translation>Systemsteuerung → Anmeldeinformationsverwaltung, oder COMPANION_PASSPHRASE setzen</translation>
  </message>
  <message>
   <source>Controls fault</source>
   <translation>Fehler an der Bedienung</translation>
  </message>
  <message>
   <source>Copy the active dataset again, all of it, from the border router's app.</source>
   <translation>Kopieren Sie den aktiven Datensatz noch einmal vollständig aus der App des Border-Routers.</translation>
  </message>
  <message>
   <source>Correct what the details name. `companion lab list` shows devices and faults.</source>
   <translation>Korrigieren Sie, was die Einzelheiten nennen. `companion lab list` zeigt Geräte und Fehler.</translation>
  </message>
  <message>
   <source>Correct.</source>
   <translation>Stimmt.</translation>
  </message>
  <message>
   <source>Could not connect to the device</source>
   <translation>Keine Verbindung zum Gerät</translation>
  </message>
  <message>
   <source>Couldn't save records</source>
   <translation>Speichern fehlgeschlagen</translation>
  </message>
  <message>
   <source>Credentials were sent, but the device did not confirm them.</source>
   <translation>Zugangsdaten wurden gesendet, aber das Gerät hat sie nicht bestätigt.</translation>
  </message>
  <message>
   <source>Dahua or Imou device</source>
   <translation>Dahua- oder Imou-Gerät</translation>
  </message>
  <message>
   <source>Data from a newer Companion version</source>
   <translation>Daten einer neueren Companion-Version</translation>
  </message>
  <message>
   <source>Declaration allows this root</source>
   <translation>Erklärung lässt dieses Stammzertifikat zu</translation>
  </message>
  <message>
   <source>Declaration is for this product</source>
   <translation>Erklärung gilt für dieses Produkt</translation>
  </message>
  <message>
   <source>Declaration is for this vendor</source>
   <translation>Erklärung gilt für diesen Hersteller</translation>
  </message>
  <message>
   <source>Declaration matches the origin of the certificates</source>
   <translation>Erklärung passt zur Herkunft der Zertifikate</translation>
  </message>
  <message>
   <source>Declaration signed by the Connectivity Standards Alliance</source>
   <translation>Erklärung von der Connectivity Standards Alliance signiert</translation>
  </message>
  <message>
   <source>Device Manager → Bluetooth: enable the adapter, or plug one in</source>
   <translation>Geräte-Manager → Bluetooth: Adapter aktivieren oder anschließen</translation>
  </message>
  <message>
   <source>Device assigned to its hub</source>
   <translation>Gerät seinem Hub zugewiesen</translation>
  </message>
  <message>
   <source>Device attestation failed</source>
   <translation>Attestierung des Geräts fehlgeschlagen</translation>
  </message>
  <message>
   <source>Device certificate</source>
   <translation>Gerätezertifikat</translation>
  </message>
  <message>
   <source>Device certificate not revoked</source>
   <translation>Gerätezertifikat nicht widerrufen</translation>
  </message>
  <message>
   <source>Device certificate signed by the intermediate</source>
   <translation>Gerätezertifikat vom Zwischenzertifikat signiert</translation>
  </message>
  <message>
   <source>Device certificate valid today</source>
   <translation>Gerätezertifikat heute gültig</translation>
  </message>
  <message>
   <source>Device found</source>
   <translation>Gerät gefunden</translation>
  </message>
  <message>
   <source>Device {serial} has firmware {now}. Last time it had {before}.</source>
   <translation>Gerät {serial} hat Firmware {now}. Beim letzten Mal hatte es {before}.</translation>
  </message>
  <message>
   <source>Device {serial} was onboarded at two sites, {first} and {second}.</source>
   <translation>Gerät {serial} wurde an zwei Standorten eingerichtet, {first} und {second}.</translation>
  </message>
  <message>
   <source>Device {serial} was onboarded at {site}. The grant does not cover this site.</source>
   <translation>Gerät {serial} wurde am Standort {site} eingerichtet. Die Vollmacht gilt dort nicht.</translation>
  </message>
  <message>
   <source>Device {serial} was onboarded at {time}. The grant allows {begin} to {end}.</source>
   <translation>Gerät {serial} wurde um {time} eingerichtet. Die Vollmacht gilt von {begin} bis {end}.</translation>
  </message>
  <message>
   <source>Device {serial} was onboarded on {day}, after the grant expired on {end}.</source>
   <translation>Gerät {serial} wurde am {day} eingerichtet, nachdem die Vollmacht am {end} abgelaufen war.</translation>
  </message>
  <message>
   <source>Device {serial} was onboarded on {day}, after the grant was revoked on {end}.</source>
   <translation>Gerät {serial} wurde am {day} eingerichtet, nachdem die Vollmacht am {end} widerrufen wurde.</translation>
  </message>
  <message>
   <source>Device {serial} was onboarded on {day}, before the grant starts on {end}.</source>
   <translation>Gerät {serial} wurde am {day} eingerichtet, bevor die Vollmacht am {end} beginnt.</translation>
  </message>
  <message>
   <source>Device {serial} was onboarded without a grant from you.</source>
   <translation>Gerät {serial} wurde ohne eine Vollmacht von Ihnen eingerichtet.</translation>
  </message>
  <message>
   <source>Device {serial} was onboarded {count} times. The grant allows {allowed}.</source>
   <translation>Gerät {serial} wurde {count}-mal eingerichtet. Die Vollmacht erlaubt {allowed}.</translation>
  </message>
  <message>
   <source>Device {serial} was reset and now has another owner.</source>
   <translation>Gerät {serial} wurde zurückgesetzt und hat jetzt einen anderen Eigentümer.</translation>
  </message>
  <message>
   <source>Devices can't reach this computer on its network</source>
   <translation>Geräte können diesen Computer in seinem Netz nicht erreichen</translation>
  </message>
  <message>
   <source>Digest of the image</source>
   <translation>Hashwert des Images</translation>
  </message>
  <message>
   <source>Digest of the manifest</source>
   <translation>Hashwert des Manifests</translation>
  </message>
  <message>
   <source>Digest that is signed</source>
   <translation>Signierter Hashwert</translation>
  </message>
  <message>
   <source>Discard the tag and use another one.</source>
   <translation>Sortieren Sie das Tag aus und verwenden Sie ein anderes.</translation>
  </message>
  <message>
   <source>Discriminator</source>
   <translation>Diskriminator</translation>
  </message>
  <message>
   <source>Display fault</source>
   <translation>Fehler an der Anzeige</translation>
  </message>
  <message>
   <source>Done for {owner} under the grant</source>
   <translation>Für {owner} erledigt, mit der Vollmacht</translation>
  </message>
  <message>
   <source>E-mail address</source>
   <translation>E-Mail-Adresse</translation>
  </message>
  <message>
   <source>Each device is plugged in, one after the other.</source>
   <translation>Jedes Gerät wird eingesteckt, eines nach dem anderen.</translation>
  </message>
  <message>
   <source>Each owner handed the device on to the next one</source>
   <translation>Jeder Eigentümer hat das Gerät dem nächsten weitergegeben</translation>
  </message>
  <message>
   <source>Each session has fresh keys and counts its messages: a recording is rejected.</source>
   <translation>Jede Sitzung hat neue Schlüssel und zählt ihre Nachrichten: Eine Aufzeichnung wird abgelehnt.</translation>
  </message>
  <message>
   <source>Each session has fresh keys, but anybody can begin one: no recording is needed.</source>
   <translation>Jede Sitzung hat frische Schlüssel, aber jeder kann eine beginnen: Eine Aufzeichnung ist gar nicht nötig.</translation>
  </message>
  <message>
   <source>Each session has fresh keys, but messages within one are not authenticated.</source>
   <translation>Jede Sitzung hat neue Schlüssel, aber ihre Nachrichten sind nicht authentifiziert.</translation>
  </message>
  <message>
   <source>Each session has fresh keys, but messages within one share a nonce.</source>
   <translation>Jede Sitzung hat neue Schlüssel, aber ihre Nachrichten teilen sich eine Nonce.</translation>
  </message>
  <message>
   <source>Earlier session resumed</source>
   <translation>Frühere Sitzung fortgesetzt</translation>
  </message>
  <message>
   <source>Eight digits are a HomeKit setup code or a Matter passcode. Enter a HomeKit code in Apple Home. For a Matter device, use its QR code or its 11-digit pairing code.</source>
   <translation>Acht Ziffern sind ein HomeKit-Code oder ein Matter-Passcode. Geben Sie einen HomeKit-Code in Apple Home ein. Nehmen Sie bei einem Matter-Gerät den QR-Code oder den elfstelligen Kopplungscode.</translation>
  </message>
  <message>
   <source>Either the certificates or their hash are missing</source>
   <translation>Entweder die Zertifikate oder ihr Hash fehlen</translation>
  </message>
  <message>
   <source>EnOcean device</source>
   <translation>EnOcean-Gerät</translation>
  </message>
  <message>
   <source>EnOcean devices are paired with a gateway. Scan this code with the gateway's app.</source>
   <translation>EnOcean-Geräte werden an einem Gateway angelernt. Scannen Sie diesen Code mit der App des Gateways.</translation>
  </message>
  <message>
   <source>Encrypted</source>
   <translation>Verschlüsselt</translation>
  </message>
  <message>
   <source>Encrypted and authenticated</source>
   <translation>Verschlüsselt und authentifiziert</translation>
  </message>
  <message>
   <source>Encrypted for whichever device answered</source>
   <translation>Verschlüsselt für das Gerät, das geantwortet hat</translation>
  </message>
  <message>
   <source>Encrypted, but not protected against tampering</source>
   <translation>Verschlüsselt, aber nicht gegen Manipulation geschützt</translation>
  </message>
  <message>
   <source>Endpoint</source>
   <translation>Endpunkt</translation>
  </message>
  <message>
   <source>Enrollment group active</source>
   <translation>Registrierungsgruppe aktiv</translation>
  </message>
  <message>
   <source>Enrollment group {name}</source>
   <translation>Registrierungsgruppe {name}</translation>
  </message>
  <message>
   <source>Enter it again. Companion stops before the token locks itself.</source>
   <translation>Geben Sie sie erneut ein. Companion hört auf, bevor sich das Token sperrt.</translation>
  </message>
  <message>
   <source>Enter it again. Passwords are case-sensitive.</source>
   <translation>Geben Sie es erneut ein. Achten Sie auf Groß- und Kleinschreibung.</translation>
  </message>
  <message>
   <source>Enter it again. Without it, the keys in the file can't be recovered.</source>
   <translation>Geben Sie sie erneut ein. Ohne sie lassen sich die Schlüssel in der Datei nicht wiederherstellen.</translation>
  </message>
  <message>
   <source>Enter it again. Without it, what is in the backup can't be recovered.</source>
   <translation>Geben Sie sie erneut ein. Ohne sie lässt sich der Inhalt der Sicherung nicht wiederherstellen.</translation>
  </message>
  <message>
   <source>Enter the 11 digits on the label</source>
   <translation>Geben Sie die 11 Ziffern auf dem Etikett ein</translation>
  </message>
  <message>
   <source>Enter {passkey} on the device</source>
   <translation>Geben Sie {passkey} am Gerät ein</translation>
  </message>
  <message>
   <source>Entries are missing or differ from when this log head was signed. Restore a backup of registry.db.</source>
   <translation>Seit der Signatur dieses Log-Heads fehlen Einträge oder weichen ab. Stellen Sie eine Sicherung von registry.db wieder her.</translation>
  </message>
  <message>
   <source>Entry {number} of {count} does not continue what is before it</source>
   <translation>Eintrag {number} von {count} setzt nicht fort, was vor ihm steht</translation>
  </message>
  <message>
   <source>Entry {number} of {count} is about another device</source>
   <translation>Eintrag {number} von {count} betrifft ein anderes Gerät</translation>
  </message>
  <message>
   <source>Entry {number} of {count} is not signed by the owner before it</source>
   <translation>Eintrag {number} von {count} ist nicht vom Eigentümer davor signiert</translation>
  </message>
  <message>
   <source>Entry {number} of {count} names a key of another type than the manufacturer's</source>
   <translation>Eintrag {number} von {count} nennt einen Schlüssel anderer Art als der des Herstellers</translation>
  </message>
  <message>
   <source>Entry {number} of {size}</source>
   <translation>Eintrag {number} von {size}</translation>
  </message>
  <message>
   <source>Entry {number}, {name} ({serial}): {why}.</source>
   <translation>Eintrag {number}, {name} ({serial}): {why}.</translation>
  </message>
  <message>
   <source>Entry {number}, {name}: {why}.</source>
   <translation>Eintrag {number}, {name}: {why}.</translation>
  </message>
  <message>
   <source>Entry {number}: {why}.</source>
   <translation>Eintrag {number}: {why}.</translation>
  </message>
  <message>
   <source>Error</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Espressif</source>
   <translation>Espressif</translation>
  </message>
  <message>
   <source>Espressif device</source>
   <translation>Espressif-Gerät</translation>
  </message>
  <message>
   <source>Establishing a secure session</source>
   <translation>Sichere Sitzung wird aufgebaut</translation>
  </message>
  <message>
   <source>Ethernet fault</source>
   <translation>Fehler am Ethernet</translation>
  </message>
  <message>
   <source>Every attempt gives an attacker another chance, so Companion stopped. Start again when you are ready.</source>
   <translation>Jeder Versuch gibt einem Angreifer eine weitere Chance, daher hat Companion abgebrochen. Beginnen Sie neu, wenn Sie bereit sind.</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>Überall</translation>
  </message>
  <message>
   <source>Exceeds your own grant</source>
   <translation>Mehr, als Ihre eigene Vollmacht erlaubt</translation>
  </message>
  <message>
   <source>Expected by chance about once a month.</source>
   <translation>Zufällig etwa einmal im Monat zu erwarten.</translation>
  </message>
  <message>
   <source>Expected by chance about once in {months} months.</source>
   <translation>Zufällig etwa einmal in {months} Monaten zu erwarten.</translation>
  </message>
  <message>
   <source>Expected by chance about once in {years} years.</source>
   <translation>Zufällig etwa einmal in {years} Jahren zu erwarten.</translation>
  </message>
  <message>
   <source>Expected by chance less than once in 100 years.</source>
   <translation>Zufällig seltener als einmal in 100 Jahren zu erwarten.</translation>
  </message>
  <message>
   <source>Export the network again, as a Mesh configuration database in JSON.</source>
   <translation>Exportieren Sie das Netz noch einmal, als Mesh-Konfigurationsdatenbank in JSON.</translation>
  </message>
  <message>
   <source>FDO ownership voucher</source>
   <translation>FDO-Eigentumsnachweis</translation>
  </message>
  <message>
   <source>Factory key not found</source>
   <translation>Werksschlüssel nicht gefunden</translation>
  </message>
  <message>
   <source>Factory key “{name}” rejected by the device</source>
   <translation>Das Gerät hat den Werksschlüssel „{name}“ abgelehnt</translation>
  </message>
  <message>
   <source>Fair</source>
   <translation>Mittel</translation>
  </message>
  <message>
   <source>Fault {number}</source>
   <translation>Fehler {number}</translation>
  </message>
  <message>
   <source>Files without a code</source>
   <translation>Dateien ohne Code</translation>
  </message>
  <message>
   <source>Finished</source>
   <translation>Abgeschlossen</translation>
  </message>
  <message>
   <source>Firmware is a certified one</source>
   <translation>Firmware ist zertifiziert</translation>
  </message>
  <message>
   <source>Firmware with sequence number {sequence} meets your rule: at least {least}</source>
   <translation>Firmware mit Sequenznummer {sequence} erfüllt Ihre Regel: mindestens {least}</translation>
  </message>
  <message>
   <source>Firmware {version} meets your rule: at least {least}</source>
   <translation>Firmware {version} erfüllt Ihre Regel: mindestens {least}</translation>
  </message>
  <message>
   <source>First connection seen</source>
   <translation>Erste Verbindung gesehen</translation>
  </message>
  <message>
   <source>Follow the device's manual until it is in setup mode.</source>
   <translation>Folgen Sie dem Handbuch des Geräts, bis es im Einrichtungsmodus ist.</translation>
  </message>
  <message>
   <source>Follow the manufacturer's instruction for this device.</source>
   <translation>Folgen Sie der Anweisung des Herstellers für dieses Gerät.</translation>
  </message>
  <message>
   <source>Fonts in {folder}</source>
   <translation>Schriften in {folder}</translation>
  </message>
  <message>
   <source>Found a node of {network}</source>
   <translation>Ein Knoten von {network} wurde gefunden</translation>
  </message>
  <message>
   <source>Found {name}</source>
   <translation>{name} gefunden</translation>
  </message>
  <message>
   <source>Found {name}, {rssi} dBm</source>
   <translation>{name} gefunden, {rssi} dBm</translation>
  </message>
  <message>
   <source>Fragment</source>
   <translation>Fragment</translation>
  </message>
  <message>
   <source>Free up space (see df -h {folder}), or choose another folder with --data-dir</source>
   <translation>Speicherplatz freigeben (siehe df -h {folder}) oder mit --data-dir einen anderen Ordner wählen</translation>
  </message>
  <message>
   <source>GUID</source>
   <translation>GUID</translation>
  </message>
  <message>
   <source>Get a setup code for this device from the manufacturer's app or website. Then enter that code.</source>
   <translation>Holen Sie in der App oder auf der Website des Herstellers einen Einrichtungscode für dieses Gerät. Geben Sie dann diesen Code ein.</translation>
  </message>
  <message>
   <source>Give a public key of EC, RSA or Ed25519 in PEM.</source>
   <translation>Geben Sie einen öffentlichen Schlüssel (EC, RSA oder Ed25519) in PEM an.</translation>
  </message>
  <message>
   <source>Give the secret on its label with `{option}`, or run the command in a terminal.</source>
   <translation>Geben Sie das Geheimnis von seinem Etikett mit `{option}` an, oder führen Sie den Befehl in einem Terminal aus.</translation>
  </message>
  <message>
   <source>Give your administrator the folder that `companion network radius` writes: it contains your root, its revocation list and the steps. If they have it, that list may have expired, or the certificate is revoked.</source>
   <translation>Geben Sie Ihrer Administration den Ordner, den `companion network radius` schreibt: Er enthält Ihr Stammzertifikat, dessen Widerrufsliste und die Schritte. Hat sie ihn schon, ist diese Liste vielleicht abgelaufen oder das Zertifikat widerrufen.</translation>
  </message>
  <message>
   <source>Goes on</source>
   <translation>Fortsetzung</translation>
  </message>
  <message>
   <source>Grant {number} of {count} is revoked in the owner's list of {time}. Since when is unknown</source>
   <translation>Vollmacht {number} von {count} ist in der Liste des Eigentümers vom {time} widerrufen. Seit wann, ist unbekannt</translation>
  </message>
  <message>
   <source>Group with keys</source>
   <translation>Gruppe mit Schlüsseln</translation>
  </message>
  <message>
   <source>Handshake</source>
   <translation>Handshake</translation>
  </message>
  <message>
   <source>Handshake 1</source>
   <translation>Handshake 1</translation>
  </message>
  <message>
   <source>Handshake 2</source>
   <translation>Handshake 2</translation>
  </message>
  <message>
   <source>Handshake 3</source>
   <translation>Handshake 3</translation>
  </message>
  <message>
   <source>Handshake, protobuf</source>
   <translation>Handshake, Protobuf</translation>
  </message>
  <message>
   <source>Hardware address</source>
   <translation>Hardware-Adresse</translation>
  </message>
  <message>
   <source>Hardware tokens: {modules}</source>
   <translation>Hardware-Token: {modules}</translation>
  </message>
  <message>
   <source>Have the request approved, then try again in {minutes} minutes.</source>
   <translation>Lassen Sie den Antrag freigeben, und versuchen Sie es in {minutes} Minuten erneut.</translation>
  </message>
  <message>
   <source>Heard the beacon of {network}</source>
   <translation>Der Beacon von {network} wurde empfangen</translation>
  </message>
  <message>
   <source>Hikvision or EZVIZ device</source>
   <translation>Hikvision- oder EZVIZ-Gerät</translation>
  </message>
  <message>
   <source>HiveMQ checks no revocation list: a revoked device is let in until its certificate ends.</source>
   <translation>HiveMQ prüft keine Widerrufsliste: Ein widerrufenes Gerät wird eingelassen, bis sein Zertifikat abläuft.</translation>
  </message>
  <message>
   <source>Hold it close to the microphone, and start its sound again.</source>
   <translation>Halten Sie es nah ans Mikrofon und starten Sie seinen Ton noch einmal.</translation>
  </message>
  <message>
   <source>Hold it closer to the microphone, away from bare walls and other sounds, and start its sound again.</source>
   <translation>Halten Sie es näher ans Mikrofon, fern von kahlen Wänden und anderen Geräuschen, und starten Sie seinen Ton noch einmal.</translation>
  </message>
  <message>
   <source>Hold it closer to the microphone, or go where it is quieter. Then start its sound again.</source>
   <translation>Halten Sie es näher ans Mikrofon oder gehen Sie dorthin, wo es leiser ist. Starten Sie dann seinen Ton noch einmal.</translation>
  </message>
  <message>
   <source>Hold it still on the reader until Companion is done.</source>
   <translation>Halten Sie es ruhig an das Lesegerät, bis Companion fertig ist.</translation>
  </message>
  <message>
   <source>Hold it still on the reader until it is set up, and try again.</source>
   <translation>Lassen Sie es ruhig auf dem Lesegerät liegen, bis es eingerichtet ist, und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Hold only one tag to a reader.</source>
   <translation>Halten Sie nur ein Tag an ein Lesegerät.</translation>
  </message>
  <message>
   <source>Hold the button on the device for three seconds, then try again.</source>
   <translation>Halten Sie die Taste am Gerät drei Sekunden gedrückt und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Hold the device in front of the camera for up to two minutes.</source>
   <translation>Das Gerät bis zu zwei Minuten vor die Kamera halten.</translation>
  </message>
  <message>
   <source>Hold the device next to the microphone for some seconds.</source>
   <translation>Das Gerät einige Sekunden neben das Mikrofon halten.</translation>
  </message>
  <message>
   <source>Hold the device still and close to the camera, cover other lights, and start its blinking again. The camera needs at least 15 images a second.</source>
   <translation>Halten Sie das Gerät ruhig und nah an die Kamera, verdecken Sie andere Lichter und starten Sie sein Blinken neu. Die Kamera muss mindestens 15 Bilder pro Sekunde liefern.</translation>
  </message>
  <message>
   <source>Hold the device to the NFC reader again</source>
   <translation>Halten Sie das Gerät wieder an das NFC-Lesegerät</translation>
  </message>
  <message>
   <source>Hold the device's button until the device shows that it is in setup mode.</source>
   <translation>Halten Sie die Taste des Geräts gedrückt, bis das Gerät den Einrichtungsmodus anzeigt.</translation>
  </message>
  <message>
   <source>Hold the device's camera to the screen.</source>
   <translation>Die Kamera des Geräts vor den Bildschirm halten.</translation>
  </message>
  <message>
   <source>Hold the device's reset button for {number} seconds while you connect it to power.</source>
   <translation>Halten Sie die Reset-Taste des Geräts {number} Sekunden lang gedrückt, während Sie es an den Strom anschließen.</translation>
  </message>
  <message>
   <source>Hold the device's reset button for {number} seconds.</source>
   <translation>Halten Sie die Reset-Taste des Geräts {number} Sekunden lang gedrückt.</translation>
  </message>
  <message>
   <source>Hold the device's reset button until its light blinks.</source>
   <translation>Halten Sie die Reset-Taste des Geräts gedrückt, bis sein Licht blinkt.</translation>
  </message>
  <message>
   <source>Hold the device's reset button while you connect it to power, until its light blinks.</source>
   <translation>Halten Sie die Reset-Taste des Geräts gedrückt, während Sie es an den Strom anschließen, bis sein Licht blinkt.</translation>
  </message>
  <message>
   <source>Hold the device's reset button while you connect it to power.</source>
   <translation>Halten Sie die Reset-Taste des Geräts gedrückt, während Sie es an den Strom anschließen.</translation>
  </message>
  <message>
   <source>Hold the device's setup button for {number} seconds while you connect it to power.</source>
   <translation>Halten Sie die Einrichtungstaste des Geräts {number} Sekunden lang gedrückt, während Sie es an den Strom anschließen.</translation>
  </message>
  <message>
   <source>Hold the device's setup button for {number} seconds.</source>
   <translation>Halten Sie die Einrichtungstaste des Geräts {number} Sekunden lang gedrückt.</translation>
  </message>
  <message>
   <source>Hold the device's setup button until its light blinks.</source>
   <translation>Halten Sie die Einrichtungstaste des Geräts gedrückt, bis sein Licht blinkt.</translation>
  </message>
  <message>
   <source>Hold the device's setup button while you connect it to power, until its light blinks.</source>
   <translation>Halten Sie die Einrichtungstaste des Geräts gedrückt, während Sie es an den Strom anschließen, bis sein Licht blinkt.</translation>
  </message>
  <message>
   <source>Hold the device's setup button while you connect it to power.</source>
   <translation>Halten Sie die Einrichtungstaste des Geräts gedrückt, während Sie es an den Strom anschließen.</translation>
  </message>
  <message>
   <source>Hold the tag flat on the reader and try again, or use the code on the label.</source>
   <translation>Halten Sie das Tag flach an das Lesegerät und versuchen Sie es erneut, oder verwenden Sie den Code auf dem Etikett.</translation>
  </message>
  <message>
   <source>HomeKit accessories can be added only with Apple Home on an iPhone or iPad.</source>
   <translation>HomeKit-Zubehör lässt sich nur mit Apple Home auf einem iPhone oder iPad hinzufügen.</translation>
  </message>
  <message>
   <source>HomeKit accessory</source>
   <translation>HomeKit-Zubehör</translation>
  </message>
  <message>
   <source>HomeKit forbids this setup code because it is easy to guess.</source>
   <translation>HomeKit verbietet diesen Einrichtungscode, weil er leicht zu erraten ist.</translation>
  </message>
  <message>
   <source>HomeKit or Matter digits</source>
   <translation>Ziffern für HomeKit oder Matter</translation>
  </message>
  <message>
   <source>Homematic IP device</source>
   <translation>Homematic-IP-Gerät</translation>
  </message>
  <message>
   <source>Homematic IP devices are not reachable over Bluetooth. Add this one in the Homematic IP app, or to a CCU.</source>
   <translation>Homematic-IP-Geräte sind über Bluetooth nicht erreichbar. Fügen Sie dieses in der Homematic-IP-App oder an einer CCU hinzu.</translation>
  </message>
  <message>
   <source>How often the device beeps</source>
   <translation>Wie oft das Gerät piept</translation>
  </message>
  <message>
   <source>How often the device blinks</source>
   <translation>Wie oft das Gerät blinkt</translation>
  </message>
  <message>
   <source>How often the device vibrates</source>
   <translation>Wie oft das Gerät vibriert</translation>
  </message>
  <message>
   <source>Hybrid key exchange</source>
   <translation>Hybrider Schlüsselaustausch</translation>
  </message>
  <message>
   <source>Hybrid key exchange required</source>
   <translation>Hybrider Schlüsselaustausch erforderlich</translation>
  </message>
  <message>
   <source>INFO</source>
   <translation>INFO</translation>
  </message>
  <message>
   <source>If `companion mesh` lists it, use it as it is, or release it with `companion mesh reset`. If not, it is in someone else's network: its owner removes it there, or you reset it (see its manual).</source>
   <translation>Wenn `companion mesh` es auflistet, verwenden Sie es, wie es ist, oder geben Sie es mit `companion mesh reset` frei. Wenn nicht, ist es in einem fremden Netz: Dessen Eigentümer entfernt es dort, oder Sie setzen es zurück (siehe Anleitung).</translation>
  </message>
  <message>
   <source>If it was reset, or someone else who controls it removed you, set it up again. Any device on the network can give this answer.</source>
   <translation>Wenn es zurückgesetzt wurde oder jemand anderes, der es steuert, Sie entfernt hat, richten Sie es neu ein. Jedes Gerät im Netz kann diese Antwort geben.</translation>
  </message>
  <message>
   <source>If the device offers less, Companion stops.</source>
   <translation>Bietet das Gerät weniger, bricht Companion ab.</translation>
  </message>
  <message>
   <source>If the device offers nothing better, an attacker in range can change messages unnoticed.</source>
   <translation>Bietet das Gerät nichts Besseres, kann ein Angreifer in Reichweite Nachrichten unbemerkt ändern.</translation>
  </message>
  <message>
   <source>If this computer is lost</source>
   <translation>Wenn dieser Computer verloren geht</translation>
  </message>
  <message>
   <source>Import a CSV or JSON file with a column id or serial, as `companion devices export` writes it.</source>
   <translation>Importieren Sie eine CSV- oder JSON-Datei mit einer Spalte id oder serial, wie sie `companion devices export` schreibt.</translation>
  </message>
  <message>
   <source>Import the roots of manufacturers with --paa to check it. Without them a copy looks the same.</source>
   <translation>Importieren Sie die Stammzertifikate der Hersteller mit --paa, um es zu prüfen. Ohne sie sieht eine Kopie genauso aus.</translation>
  </message>
  <message>
   <source>Improv Wi-Fi</source>
   <translation>Improv Wi-Fi</translation>
  </message>
  <message>
   <source>Improv does not authenticate devices</source>
   <translation>Improv authentifiziert Geräte nicht</translation>
  </message>
  <message>
   <source>Improv does not encrypt anything</source>
   <translation>Improv verschlüsselt nichts</translation>
  </message>
  <message>
   <source>In ESPHome, WLED and Tasmota, and in browsers.</source>
   <translation>In ESPHome, WLED und Tasmota und in Browsern.</translation>
  </message>
  <message>
   <source>In bearer form, anyone who has this text can take over the device.</source>
   <translation>In der Inhaberform kann jede Person mit diesem Text das Gerät übernehmen.</translation>
  </message>
  <message>
   <source>In its only dNSName</source>
   <translation>In seinem einzigen dNSName</translation>
  </message>
  <message>
   <source>In lights and sensors of many manufacturers; Mesh 1.1 in few of them.</source>
   <translation>In Leuchten und Sensoren vieler Hersteller; Mesh 1.1 in wenigen davon.</translation>
  </message>
  <message>
   <source>Insert it, and check with `companion hsm` that it is listed. Then try again.</source>
   <translation>Stecken Sie es ein, und prüfen Sie mit `companion hsm`, ob es aufgeführt wird. Versuchen Sie es dann erneut.</translation>
  </message>
  <message>
   <source>Insert the token that holds your owner key.</source>
   <translation>Stecken Sie das Token ein, das Ihren Eigentümerschlüssel enthält.</translation>
  </message>
  <message>
   <source>Install Apple's developer profile “Bluetooth Central Matter Client Developer Mode” on this Mac, restart it, then try again. Devices that are already on the network do not need it.</source>
   <translation>Installieren Sie Apples Entwicklerprofil „Bluetooth Central Matter Client Developer Mode“ auf diesem Mac, starten Sie ihn neu und versuchen Sie es erneut. Geräte, die schon im Netz sind, brauchen es nicht.</translation>
  </message>
  <message>
   <source>Install Companion with its extra “smp”.</source>
   <translation>Installieren Sie Companion mit seinem Extra „smp“.</translation>
  </message>
  <message>
   <source>Install code</source>
   <translation>Installationscode</translation>
  </message>
  <message>
   <source>Install it with `pip install 'companion[nfc]'`, then start Companion again.</source>
   <translation>Installieren Sie sie mit `pip install 'companion[nfc]'` und starten Sie Companion dann neu.</translation>
  </message>
  <message>
   <source>Install it with `pip install 'companion[sound]'`, on Debian and Ubuntu also `sudo apt install libportaudio2`. A recording works without it: `--wav FILE`.</source>
   <translation>Installieren Sie sie mit `pip install 'companion[sound]'`, unter Debian und Ubuntu auch `sudo apt install libportaudio2`. Eine Aufnahme geht ohne sie: `--wav DATEI`.</translation>
  </message>
  <message>
   <source>Install it with `pip install 'companion[team]'`.</source>
   <translation>Installieren Sie ihn mit `pip install 'companion[team]'`.</translation>
  </message>
  <message>
   <source>Install it with `{command}`.</source>
   <translation>Installieren Sie sie mit `{command}`.</translation>
  </message>
  <message>
   <source>Install the new release the way you installed this one</source>
   <translation>Installieren Sie die neue Version so, wie Sie diese installiert haben</translation>
  </message>
  <message>
   <source>Install {program} (on Debian and Ubuntu: apt-get install eapoltest).</source>
   <translation>Installieren Sie {program} (unter Debian und Ubuntu: apt-get install eapoltest).</translation>
  </message>
  <message>
   <source>Install {program} (on Debian and Ubuntu: apt-get install wpasupplicant).</source>
   <translation>Installieren Sie {program} (unter Debian und Ubuntu: apt-get install wpasupplicant).</translation>
  </message>
  <message>
   <source>Intermediate not revoked</source>
   <translation>Zwischenzertifikat nicht widerrufen</translation>
  </message>
  <message>
   <source>Intermediate signed by the root</source>
   <translation>Zwischenzertifikat vom Stammzertifikat signiert</translation>
  </message>
  <message>
   <source>Intermediate valid when it signed</source>
   <translation>Zwischenzertifikat gültig, als es signierte</translation>
  </message>
  <message>
   <source>Internal error in Companion</source>
   <translation>Interner Fehler in Companion</translation>
  </message>
  <message>
   <source>Internal error on the device</source>
   <translation>Interner Fehler des Geräts</translation>
  </message>
  <message>
   <source>Interrupted</source>
   <translation>Unterbrochen</translation>
  </message>
  <message>
   <source>Invalid Wi-Fi details</source>
   <translation>Ungültige WLAN-Angaben</translation>
  </message>
  <message>
   <source>Invalid certificate request from the device</source>
   <translation>Ungültige Zertifikatsanforderung des Geräts</translation>
  </message>
  <message>
   <source>Invalid receipt from the device</source>
   <translation>Ungültige Quittung des Geräts</translation>
  </message>
  <message>
   <source>Invalid: {why}</source>
   <translation>Ungültig: {why}</translation>
  </message>
  <message>
   <source>It answered at {address}. Other devices that fit the setup code were passed over: {others}</source>
   <translation>Es hat unter {address} geantwortet. Andere Geräte, die zum Einrichtungscode passen, wurden übergangen: {others}</translation>
  </message>
  <message>
   <source>It applies to every device of the owner, now and later.</source>
   <translation>Sie gilt für alle Geräte, die dem Eigentümer gehören oder gehören werden.</translation>
  </message>
  <message>
   <source>It belongs to another owner. Ask its owner for a grant, then run `companion grant import`.</source>
   <translation>Es gehört einem anderen Eigentümer. Bitten Sie ihn um eine Vollmacht und führen Sie dann `companion grant import` aus.</translation>
  </message>
  <message>
   <source>It can't be passed on any further.</source>
   <translation>Sie darf nicht weitergegeben werden.</translation>
  </message>
  <message>
   <source>It can't be read as a certificate.</source>
   <translation>Es ist nicht als Zertifikat lesbar.</translation>
  </message>
  <message>
   <source>It can't be read.</source>
   <translation>Es ist nicht lesbar.</translation>
  </message>
  <message>
   <source>It can't be said that what it signs is in this file.</source>
   <translation>Ob das, was sie signiert, in dieser Datei steht, ist nicht bekannt.</translation>
  </message>
  <message>
   <source>It cannot store the credentials. Reset it, or update its firmware.</source>
   <translation>Es kann die Zugangsdaten nicht speichern. Setzen Sie es zurück, oder aktualisieren Sie die Firmware.</translation>
  </message>
  <message>
   <source>It could not be checked, because another check failed.</source>
   <translation>Nicht prüfbar, weil eine andere Prüfung fehlgeschlagen ist.</translation>
  </message>
  <message>
   <source>It covers {limit}, but not the device {serial}. Ask {owner} for this one.</source>
   <translation>Sie gilt für {limit}, aber nicht für das Gerät {serial}. Bitten Sie {owner} um eine für dieses.</translation>
  </message>
  <message>
   <source>It did not start the new image, or that one did not stay. Check who has to have signed it.</source>
   <translation>Es hat das neue Image nicht gestartet oder nicht behalten. Prüfen Sie, wer es signiert haben muss.</translation>
  </message>
  <message>
   <source>It differs from the log head</source>
   <translation>Er weicht vom Log-Head ab</translation>
  </message>
  <message>
   <source>It does not cover this device</source>
   <translation>Sie gilt nicht für dieses Gerät</translation>
  </message>
  <message>
   <source>It does not exist or was already used. List all tokens with `companion devices tokens`.</source>
   <translation>Es existiert nicht oder wurde bereits verwendet. `companion devices tokens` listet alle Token auf.</translation>
  </message>
  <message>
   <source>It does not include this right. Ask {owner} for it.</source>
   <translation>Sie enthält dieses Recht nicht. Bitten Sie {owner} darum.</translation>
  </message>
  <message>
   <source>It does not know your network's keys. It may have been reset, or its keys were changed without this computer. Import the network's newest file, or set the node up again.</source>
   <translation>Er kennt die Schlüssel Ihres Netzes nicht. Vielleicht wurde er zurückgesetzt, oder seine Schlüssel wurden ohne diesen Computer geändert. Importieren Sie die neueste Datei des Netzes, oder richten Sie den Knoten neu ein.</translation>
  </message>
  <message>
   <source>It does not open commissioning. `companion commissioner` shows what it allows.</source>
   <translation>Es erlaubt keine Einrichtung. `companion commissioner` zeigt, was es erlaubt.</translation>
  </message>
  <message>
   <source>It does not open decommissioning. `companion commissioner` shows what it allows.</source>
   <translation>Es erlaubt nicht, Geräte aus ihrem Netz zu nehmen. `companion commissioner` zeigt, was es erlaubt.</translation>
  </message>
  <message>
   <source>It expired on {limit}. Ask {owner} for a new one.</source>
   <translation>Sie ist am {limit} abgelaufen. Bitten Sie {owner} um eine neue.</translation>
  </message>
  <message>
   <source>It fetches the list by itself, every 15 minutes: serve it with `companion trust crl --serve`</source>
   <translation>Er holt die Liste selbst, alle 15 Minuten: Stellen Sie sie mit `companion trust crl --serve` bereit</translation>
  </message>
  <message>
   <source>It had expired.</source>
   <translation>Es war abgelaufen.</translation>
  </message>
  <message>
   <source>It has a root, but no certificate</source>
   <translation>Es gibt ein Stammzertifikat, aber kein Zertifikat</translation>
  </message>
  <message>
   <source>It has another owner now, or it was set up from another Companion data folder. Use that folder, ask the owner to transfer it, or reset it (hold its button for ten seconds).</source>
   <translation>Es hat inzwischen einen anderen Eigentümer oder wurde mit einem anderen Companion-Datenordner eingerichtet. Verwenden Sie jenen Ordner, bitten Sie den Eigentümer um Übertragung, oder setzen Sie es zurück (Taste zehn Sekunden halten).</translation>
  </message>
  <message>
   <source>It has more than eight certificates.</source>
   <translation>Es hat mehr als acht Zertifikate.</translation>
  </message>
  <message>
   <source>It has more than {most} MB.</source>
   <translation>Sie hat mehr als {most} MB.</translation>
  </message>
  <message>
   <source>It has no entry: the device is still its manufacturer's</source>
   <translation>Er hat keinen Eintrag: Das Gerät gehört noch dem Hersteller</translation>
  </message>
  <message>
   <source>It has no light and no sound that would tell it from others.</source>
   <translation>Es hat kein Licht und keinen Ton, an denen es zu erkennen wäre.</translation>
  </message>
  <message>
   <source>It has no private key on P-256, or several.</source>
   <translation>Es hat keinen privaten Schlüssel auf P-256 oder mehrere.</translation>
  </message>
  <message>
   <source>It has no static secret to check against the one you gave. It may be another device than you think. Check it, or leave out `--static-oob`.</source>
   <translation>Es hat kein statisches Geheimnis, das sich mit Ihrem vergleichen ließe. Es kann ein anderes Gerät sein, als Sie denken. Prüfen Sie es, oder lassen Sie `--static-oob` weg.</translation>
  </message>
  <message>
   <source>It has no timestamp, so it is unknown whether another dataset is newer.</source>
   <translation>Es gibt keinen Zeitstempel, daher ist nicht zu erkennen, ob ein anderer Datensatz neuer ist.</translation>
  </message>
  <message>
   <source>It has nothing that can be switched on and off.</source>
   <translation>Es hat nichts, was sich ein- und ausschalten lässt.</translation>
  </message>
  <message>
   <source>It has the authentication of Mesh 1.0 only, which `--epa-only` rejects. No keys were handed over. Newer firmware may have more. Without `--epa-only`, Companion warns and asks.</source>
   <translation>Es hat nur die Authentifizierung von Mesh 1.0, die `--epa-only` ablehnt. Es wurden keine Schlüssel übergeben. Neuere Firmware kann mehr haben. Ohne `--epa-only` warnt Companion und fragt nach.</translation>
  </message>
  <message>
   <source>It has {count} digits. A dataset has an even number of digits.</source>
   <translation>Er hat {count} Ziffern. Ein Datensatz hat eine gerade Anzahl.</translation>
  </message>
  <message>
   <source>It holds another owner key, or was made after they moved to a token. Make a new backup first.</source>
   <translation>Sie enthält einen anderen Eigentümerschlüssel, oder sie entstand, nachdem die Schlüssel auf ein Token verschoben waren. Erstellen Sie zuerst eine neue Sicherung.</translation>
  </message>
  <message>
   <source>It is a different kind of file, it was changed, or its owner is unknown here. Ask for it again: `companion trust revocation export` writes it.</source>
   <translation>Sie ist von anderer Art, wurde verändert, oder ihr Eigentümer ist hier unbekannt. Bitten Sie erneut darum: `companion trust revocation export` schreibt sie.</translation>
  </message>
  <message>
   <source>It is a node of a mesh network. `companion mesh reset` releases it, `companion mesh` lists all.</source>
   <translation>Es ist ein Knoten eines Mesh-Netzes. `companion mesh reset` gibt ihn frei, `companion mesh` listet alle auf.</translation>
  </message>
  <message>
   <source>It is a public test root: anyone can issue certificates below it.</source>
   <translation>Es ist ein öffentliches Test-Stammzertifikat: Alle können darunter Zertifikate ausstellen.</translation>
  </message>
  <message>
   <source>It is a test declaration: the product is not certified.</source>
   <translation>Es ist eine Testerklärung: Das Produkt ist nicht zertifiziert.</translation>
  </message>
  <message>
   <source>It is assigned to another key: {mark}</source>
   <translation>Es ist einem anderen Schlüssel zugeordnet: {mark}</translation>
  </message>
  <message>
   <source>It is assigned to the key {mark}. Ask whoever has it to hand the device on to you: `companion voucher key` writes the key that they need.</source>
   <translation>Er ist dem Schlüssel {mark} zugeordnet. Bitten Sie den Inhaber, das Gerät an Sie weiterzugeben: `companion voucher key` schreibt den Schlüssel, den er dafür braucht.</translation>
  </message>
  <message>
   <source>It is by a hash that Companion does not compute.</source>
   <translation>Companion berechnet diesen Hash nicht.</translation>
  </message>
  <message>
   <source>It is cut short or contradicts itself. Download it again.</source>
   <translation>Sie ist abgeschnitten oder widerspricht sich. Laden Sie sie erneut herunter.</translation>
  </message>
  <message>
   <source>It is damaged, incomplete or a different kind of file. Ask whoever sent it for it again.</source>
   <translation>Die Datei ist beschädigt, unvollständig oder von anderer Art. Bitten Sie den Absender, sie erneut zu schicken.</translation>
  </message>
  <message>
   <source>It is damaged, or a different kind of file: {why}</source>
   <translation>Sie ist beschädigt oder von anderer Art: {why}</translation>
  </message>
  <message>
   <source>It is for another device or owner, has expired, or was signed by another manufacturer. Send the manufacturer your public key (`companion trust key`) and ask for a new voucher.</source>
   <translation>Er gilt für ein anderes Gerät oder einen anderen Eigentümer, ist abgelaufen, oder ein anderer Hersteller hat ihn signiert. Senden Sie dem Hersteller Ihren öffentlichen Schlüssel (`companion trust key`) und bitten Sie um einen neuen Voucher.</translation>
  </message>
  <message>
   <source>It is for other sites or devices. Ask {owner} for this one.</source>
   <translation>Sie gilt für andere Standorte oder Geräte. Bitten Sie {owner} um eine für dieses.</translation>
  </message>
  <message>
   <source>It is for sites. Without a certificate, the device's site is unknown</source>
   <translation>Sie gilt für Standorte. Ohne Zertifikat ist der Standort des Geräts unbekannt</translation>
  </message>
  <message>
   <source>It is incomplete, was changed or is not a backup. Nothing was written. Use another copy.</source>
   <translation>Sie ist unvollständig, wurde verändert oder ist keine Sicherung. Es wurde nichts geschrieben. Verwenden Sie eine andere Kopie.</translation>
  </message>
  <message>
   <source>It is larger than Matter allows.</source>
   <translation>Es ist größer, als Matter erlaubt.</translation>
  </message>
  <message>
   <source>It is measured once a session with the device is established.</source>
   <translation>Er wird gemessen, sobald eine Sitzung mit dem Gerät besteht.</translation>
  </message>
  <message>
   <source>It is not known who had it in between.</source>
   <translation>Es ist nicht bekannt, wer es dazwischen hatte.</translation>
  </message>
  <message>
   <source>It is not on the list.</source>
   <translation>Es steht nicht auf der Liste.</translation>
  </message>
  <message>
   <source>It is not the one that the manifest names.</source>
   <translation>Es ist nicht der, den das Manifest nennt.</translation>
  </message>
  <message>
   <source>It is not valid yet. It starts on {limit}.</source>
   <translation>Sie gilt noch nicht. Sie beginnt am {limit}.</translation>
  </message>
  <message>
   <source>It is of a kind that Companion does not check.</source>
   <translation>Companion prüft diese Art nicht.</translation>
  </message>
  <message>
   <source>It is off</source>
   <translation>Es ist ausgeschaltet</translation>
  </message>
  <message>
   <source>It is on</source>
   <translation>Es ist eingeschaltet</translation>
  </message>
  <message>
   <source>It is on the label, or the device shows it or asks for it. Without one, anyone in range could receive the key of your mesh network.</source>
   <translation>Es steht auf dem Etikett, oder das Gerät zeigt es an oder fragt danach. Ohne Geheimnis könnte jeder in Reichweite den Schlüssel Ihres Mesh-Netzes erhalten.</translation>
  </message>
  <message>
   <source>It is shared by a whole batch of devices or not random, so anyone could take over this device. Ask the manufacturer for a device with its own code.</source>
   <translation>Es gilt für eine ganze Charge oder ist nicht zufällig, daher könnte jede Person dieses Gerät übernehmen. Bitten Sie den Hersteller um ein Gerät mit eigenem Code.</translation>
  </message>
  <message>
   <source>It is signed with an algorithm that Matter does not allow.</source>
   <translation>Es ist mit einem Verfahren signiert, das Matter nicht erlaubt.</translation>
  </message>
  <message>
   <source>It is signed. Give the signer's public key to check it.</source>
   <translation>Sie ist signiert. Geben Sie den öffentlichen Schlüssel des Unterzeichners an, um das zu prüfen.</translation>
  </message>
  <message>
   <source>It is the device that showed the number. The comparison does not prove its manufacturer.</source>
   <translation>Es ist das Gerät, das die Zahl angezeigt hat. Der Vergleich weist den Hersteller nicht nach.</translation>
  </message>
  <message>
   <source>It is the lowest scheme already. A code that names more is rejected.</source>
   <translation>Es ist schon das schwächste Verfahren. Ein Code, der mehr nennt, wird abgelehnt.</translation>
  </message>
  <message>
   <source>It is too noisy to hear the device</source>
   <translation>Es ist zu laut, um das Gerät zu hören</translation>
  </message>
  <message>
   <source>It is valid only from {limit} UTC.</source>
   <translation>Sie gilt nur von {limit} UTC.</translation>
  </message>
  <message>
   <source>It is whichever device responds on this serial port.</source>
   <translation>Es ist das Gerät, das an diesem seriellen Anschluss antwortet.</translation>
  </message>
  <message>
   <source>It is wrong about whether it may issue certificates.</source>
   <translation>Es sagt falsch, ob es Zertifikate ausstellen darf.</translation>
  </message>
  <message>
   <source>It knows the keys of that session. The run that opened the session records how it was authenticated.</source>
   <translation>Es kennt die Schlüssel dieser Sitzung. Wie es authentifiziert wurde, steht im Protokoll des Laufs, in dem sie begann.</translation>
  </message>
  <message>
   <source>It knows the secret of the setup code</source>
   <translation>Es kennt das Geheimnis des Einrichtungscodes</translation>
  </message>
  <message>
   <source>It knows the secret that its light showed</source>
   <translation>Es kennt das Geheimnis, das sein Licht gezeigt hat</translation>
  </message>
  <message>
   <source>It knows the secret that its sound carried</source>
   <translation>Es kennt das Geheimnis, das sein Ton übertragen hat</translation>
  </message>
  <message>
   <source>It knows the secret that this screen showed</source>
   <translation>Es kennt das Geheimnis, das dieser Bildschirm gezeigt hat</translation>
  </message>
  <message>
   <source>It knows the secret you entered</source>
   <translation>Es kennt das eingegebene Geheimnis</translation>
  </message>
  <message>
   <source>It may be another service. Check its address with its administrator.</source>
   <translation>Vielleicht ist es ein anderer Dienst. Klären Sie die Adresse mit der Administration.</translation>
  </message>
  <message>
   <source>It may be another service. Check its address with its operator.</source>
   <translation>Vielleicht ist es ein anderer Dienst. Klären Sie die Adresse mit dem Betreiber.</translation>
  </message>
  <message>
   <source>It may be older than the keys that your nodes use, so nothing was imported. Export the network again in the other app. If that app changed the keys, use `companion mesh import FILE --replace-keys`.</source>
   <translation>Sie ist vielleicht älter als die Schlüssel, die Ihre Knoten verwenden. Deshalb wurde nichts importiert. Exportieren Sie das Netz in der anderen App neu. Wenn diese App die Schlüssel geändert hat, verwenden Sie `companion mesh import FILE --replace-keys`.</translation>
  </message>
  <message>
   <source>It may not hand over {network}, or the device asks for more than you can prove.</source>
   <translation>Es darf {network} nicht übergeben, oder das Gerät verlangt mehr, als Sie beweisen können.</translation>
  </message>
  <message>
   <source>It may not take this device out of its network, or the device asks for more than you can prove.</source>
   <translation>Es darf dieses Gerät nicht aus seinem Netz nehmen, oder das Gerät verlangt mehr, als Sie nachweisen können.</translation>
  </message>
  <message>
   <source>It must be the key in the setup code, a key in your records, or a key attested by the manufacturer.</source>
   <translation>Es muss der Schlüssel aus dem Einrichtungscode, ein gespeicherter oder ein vom Hersteller attestierter Schlüssel sein.</translation>
  </message>
  <message>
   <source>It names a product, which is not allowed.</source>
   <translation>Es nennt ein Produkt, was nicht erlaubt ist.</translation>
  </message>
  <message>
   <source>It names another issuer.</source>
   <translation>Es nennt einen anderen Aussteller.</translation>
  </message>
  <message>
   <source>It names another owner</source>
   <translation>Sie nennt einen anderen Eigentümer</translation>
  </message>
  <message>
   <source>It names no product.</source>
   <translation>Es nennt kein Produkt.</translation>
  </message>
  <message>
   <source>It names no vendor.</source>
   <translation>Es nennt keinen Hersteller.</translation>
  </message>
  <message>
   <source>It names none: the device proves itself in another way</source>
   <translation>Er nennt keines: Das Gerät weist sich anders aus</translation>
  </message>
  <message>
   <source>It needs {needed} bytes and the tag has {room}. Use a larger tag, such as an NTAG215.</source>
   <translation>Er braucht {needed} Byte, und das Tag hat {room}. Verwenden Sie ein größeres Tag, etwa ein NTAG215.</translation>
  </message>
  <message>
   <source>It needs {needed} mm; nothing was printed. Use larger labels or a shorter code.</source>
   <translation>Er braucht {needed} mm; es wurde nichts gedruckt. Verwenden Sie größere Etiketten oder einen kürzeren Code.</translation>
  </message>
  <message>
   <source>It needs {needed}. Ask the new owner for one. Yours are made with `companion voucher key`.</source>
   <translation>Nötig ist: {needed}. Bitten Sie den neuen Eigentümer darum. Ihre eigenen erzeugt `companion voucher key`.</translation>
  </message>
  <message>
   <source>It offers no public key to check against the one you gave. It may be another device than you think. Check it, or leave out `--oob-public-key`.</source>
   <translation>Es bietet keinen öffentlichen Schlüssel an, der sich mit Ihrem vergleichen ließe. Es kann ein anderes Gerät sein, als Sie denken. Prüfen Sie es, oder lassen Sie `--oob-public-key` weg.</translation>
  </message>
  <message>
   <source>It proved the identity key that is in your records.</source>
   <translation>Es hat den gespeicherten Identitätsschlüssel nachgewiesen.</translation>
  </message>
  <message>
   <source>It proved the identity key that the setup code names.</source>
   <translation>Es hat den Identitätsschlüssel nachgewiesen, den der Einrichtungscode nennt.</translation>
  </message>
  <message>
   <source>It proved the identity key that the token names.</source>
   <translation>Es hat den Identitätsschlüssel nachgewiesen, den das Token nennt.</translation>
  </message>
  <message>
   <source>It proved the key whose public part you gave for this device.</source>
   <translation>Es hat den Schlüssel nachgewiesen, dessen öffentlichen Teil Sie für dieses Gerät angegeben haben.</translation>
  </message>
  <message>
   <source>It reads no list from a file</source>
   <translation>Er liest keine Liste aus einer Datei</translation>
  </message>
  <message>
   <source>It repeats another session's number: it may be a recording.</source>
   <translation>Es wiederholt die Zahl einer anderen Sitzung und könnte eine Aufzeichnung sein.</translation>
  </message>
  <message>
   <source>It reports no function for it.</source>
   <translation>Es meldet keine Funktion dafür.</translation>
  </message>
  <message>
   <source>It stays as it was, see `companion devices`. Another of your fabrics is chosen with --fabric.</source>
   <translation>Es bleibt, wie es war, siehe `companion devices`. Eine andere Ihrer Fabrics wählen Sie mit --fabric.</translation>
  </message>
  <message>
   <source>It takes 1 to 128 letters, digits, colons, dots, underscores and hyphens, and a letter or digit at both ends. Use the hash of the serial number in the id rule instead.</source>
   <translation>Sie nimmt 1 bis 128 Buchstaben, Ziffern, Doppelpunkte, Punkte, Unter- und Bindestriche, mit einem Buchstaben oder einer Ziffer an beiden Enden. Verwenden Sie stattdessen den Hash der Seriennummer in der ID-Regel.</translation>
  </message>
  <message>
   <source>It takes 1 to 128 letters, digits, colons, underscores and hyphens. Use the hash of the serial number in the id rule instead.</source>
   <translation>Sie nimmt 1 bis 128 Buchstaben, Ziffern, Doppelpunkte, Unter- und Bindestriche. Verwenden Sie stattdessen den Hash der Seriennummer in der ID-Regel.</translation>
  </message>
  <message>
   <source>It takes 1 to 64 letters, digits, colons, dots, underscores and hyphens, and a letter or digit at both ends. Use the hash of the serial number in the id rule instead.</source>
   <translation>Sie nimmt 1 bis 64 Buchstaben, Ziffern, Doppelpunkte, Punkte, Unter- und Bindestriche, mit einem Buchstaben oder einer Ziffer an beiden Enden. Verwenden Sie stattdessen den Hash der Seriennummer in der ID-Regel.</translation>
  </message>
  <message>
   <source>It takes 1 to 64 letters, digits, colons, dots, underscores and hyphens. Use the hash of the serial number in the id rule instead.</source>
   <translation>Sie nimmt 1 bis 64 Buchstaben, Ziffern, Doppelpunkte, Punkte, Unter- und Bindestriche. Verwenden Sie stattdessen den Hash der Seriennummer in der ID-Regel.</translation>
  </message>
  <message>
   <source>It takes 1 to 64 letters, digits, colons, underscores and hyphens. Use the hash of the serial number in the id rule instead.</source>
   <translation>Sie nimmt 1 bis 64 Buchstaben, Ziffern, Doppelpunkte, Unter- und Bindestriche. Verwenden Sie stattdessen den Hash der Seriennummer in der ID-Regel.</translation>
  </message>
  <message>
   <source>It was changed or is about another owner's devices. Ask the delegate to write it again with `companion grant report`.</source>
   <translation>Er wurde verändert oder betrifft Geräte eines anderen Eigentümers. Bitten Sie den Bevollmächtigten, ihn mit `companion grant report` neu zu schreiben.</translation>
  </message>
  <message>
   <source>It was changed, or belongs to another data folder. Move it away; the station starts a new one.</source>
   <translation>Es wurde verändert oder gehört zu einem anderen Datenordner. Verschieben Sie es; die Station beginnt ein neues.</translation>
  </message>
  <message>
   <source>It was cleared or switched off, or the file is from another computer. Your passphrase still opens it: enter it in `companion hsm seal` for this TPM, or in `companion hsm unseal` to do without one.</source>
   <translation>Es wurde gelöscht oder ausgeschaltet, oder die Datei stammt von einem anderen Rechner. Ihre Passphrase öffnet sie weiterhin: Geben Sie sie bei `companion hsm seal` für dieses TPM ein, oder bei `companion hsm unseal`, um ohne TPM auszukommen.</translation>
  </message>
  <message>
   <source>It was issued under grants that are not in the file</source>
   <translation>Sie entstand unter Vollmachten, die nicht in der Datei sind</translation>
  </message>
  <message>
   <source>It was made by the TPM of another computer, or by this one before it was cleared. Use that TPM.</source>
   <translation>Es stammt vom TPM eines anderen Rechners, oder von diesem, bevor es gelöscht wurde. Verwenden Sie das ursprüngliche TPM.</translation>
  </message>
  <message>
   <source>It was made by the key {fingerprint}.</source>
   <translation>Sie stammt vom Schlüssel {fingerprint}.</translation>
  </message>
  <message>
   <source>It was moved without a reset, or was copied.</source>
   <translation>Es wurde ohne Zurücksetzen umgesetzt, oder es wurde kopiert.</translation>
  </message>
  <message>
   <source>It was not issued by a CA that the device trusts, or it has expired. Nothing was sent. Ask the device's manufacturer which commissioners it accepts.</source>
   <translation>Es stammt nicht von einer CA, der das Gerät vertraut, oder ist abgelaufen. Nichts wurde gesendet. Fragen Sie den Hersteller, welche Commissioner es annimmt.</translation>
  </message>
  <message>
   <source>It was not issued by the CA that came with your commissioner certificate. Another device may be answering in its place, or it is from another manufacturer.</source>
   <translation>Es stammt nicht von der CA, die zu Ihrem Commissioner-Zertifikat gehört. Vielleicht antwortet ein anderes Gerät an seiner Stelle, oder es ist von einem anderen Hersteller.</translation>
  </message>
  <message>
   <source>It was not valid yet.</source>
   <translation>Es war noch nicht gültig.</translation>
  </message>
  <message>
   <source>It was probably reset. Scan its setup code and set it up again.</source>
   <translation>Es wurde vermutlich zurückgesetzt. Scannen Sie seinen Einrichtungscode und richten Sie es neu ein.</translation>
  </message>
  <message>
   <source>It was probably reset. Scan its setup code: after a reset it can be set up again; otherwise it still reports its owner.</source>
   <translation>Es wurde vermutlich zurückgesetzt. Scannen Sie seinen Einrichtungscode: Nach dem Zurücksetzen lässt es sich neu einrichten, andernfalls meldet es weiter seinen Eigentümer.</translation>
  </message>
  <message>
   <source>It was revoked, is used up or has expired, or it does not cover this device. Ask its owner for a new grant.</source>
   <translation>Sie wurde widerrufen, ist aufgebraucht oder abgelaufen, oder sie gilt nicht für dieses Gerät. Bitten Sie den Eigentümer um eine neue Vollmacht.</translation>
  </message>
  <message>
   <source>It was revoked.</source>
   <translation>Es wurde widerrufen.</translation>
  </message>
  <message>
   <source>It was sent late, or was held back. Your record keeps what is newer.</source>
   <translation>Er wurde spät gesendet oder zurückgehalten. Ihr Eintrag behält das Neuere.</translation>
  </message>
  <message>
   <source>It was set up without a certificate. To lock it out, change its network's password.</source>
   <translation>Es wurde ohne Zertifikat eingerichtet. Um es auszusperren, ändern Sie das Passwort seines Netzes.</translation>
  </message>
  <message>
   <source>It was signed by someone else.</source>
   <translation>Es wurde von jemand anderem signiert.</translation>
  </message>
  <message>
   <source>It was signed with a public test key.</source>
   <translation>Es wurde mit einem öffentlichen Testschlüssel signiert.</translation>
  </message>
  <message>
   <source>It was used with as many devices as it allows: {limit}. Ask {owner}.</source>
   <translation>Sie wurde für so viele Geräte verwendet, wie sie erlaubt: {limit}. Fragen Sie {owner}.</translation>
  </message>
  <message>
   <source>It was used with this device as often as it allows: {limit}. Ask {owner}.</source>
   <translation>Sie wurde für dieses Gerät so oft verwendet, wie sie erlaubt: {limit}. Fragen Sie {owner}.</translation>
  </message>
  <message>
   <source>It was used, cancelled or issued to another owner, or it has expired. Ask for a new one.</source>
   <translation>Es wurde verwendet, widerrufen oder für einen anderen Eigentümer ausgestellt, oder es ist abgelaufen. Bitten Sie um ein neues.</translation>
  </message>
  <message>
   <source>It was written, but anyone can overwrite it. Use tags of type NTAG213, 215 or 216, or do not lock.</source>
   <translation>Es wurde beschrieben, aber jeder kann es überschreiben. Verwenden Sie Tags vom Typ NTAG213, 215 oder 216, oder sperren Sie nicht.</translation>
  </message>
  <message>
   <source>Its certificate has expired, or is not valid yet.</source>
   <translation>Sein Zertifikat ist abgelaufen oder noch nicht gültig.</translation>
  </message>
  <message>
   <source>Its certificate is not that of a TCAT commissioner.</source>
   <translation>Sein Zertifikat ist nicht das eines TCAT-Commissioners.</translation>
  </message>
  <message>
   <source>Its certificate was issued by a manufacturer you trust.</source>
   <translation>Sein Zertifikat stammt von einem Hersteller, dem Sie vertrauen.</translation>
  </message>
  <message>
   <source>Its certificate was not issued by a manufacturer you trust. Contact the manufacturer before you use it.</source>
   <translation>Sein Zertifikat stammt von keinem Hersteller, dem Sie vertrauen. Fragen Sie den Hersteller, bevor Sie das Gerät verwenden.</translation>
  </message>
  <message>
   <source>Its certificates are for development. They do not prove the manufacturer.</source>
   <translation>Seine Zertifikate dienen der Entwicklung. Sie weisen den Hersteller nicht nach.</translation>
  </message>
  <message>
   <source>Its checksum does not match. Compare the code with the label.</source>
   <translation>Seine Prüfsumme passt nicht. Vergleichen Sie den Code mit dem Etikett.</translation>
  </message>
  <message>
   <source>Its content breaks off or is wrong. Hold it to the reader again, or use the code on the label.</source>
   <translation>Sein Inhalt bricht ab oder ist falsch. Halten Sie es noch einmal an das Lesegerät, oder verwenden Sie den Code auf dem Etikett.</translation>
  </message>
  <message>
   <source>Its extensions are not allowed.</source>
   <translation>Seine Erweiterungen sind nicht erlaubt.</translation>
  </message>
  <message>
   <source>Its grants are revoked. The evidence is kept; `companion proof verify` explains it.</source>
   <translation>Seine Vollmachten sind widerrufen. Der Beleg ist aufbewahrt; `companion proof verify` erklärt ihn.</translation>
  </message>
  <message>
   <source>Its identity key is not the one on the label: the label may belong to another device, or another device may be answering. Move away from other devices in setup mode and scan again.</source>
   <translation>Sein Identitätsschlüssel ist nicht der auf dem Etikett: Das Etikett gehört zu einem anderen Gerät, oder ein anderes Gerät antwortet. Gehen Sie von anderen Geräten im Einrichtungsmodus weg und scannen Sie erneut.</translation>
  </message>
  <message>
   <source>Its inclusion path does not lead to that log head</source>
   <translation>Sein Pfad führt nicht zu diesem Log-Head</translation>
  </message>
  <message>
   <source>Its key is another one: {mark}</source>
   <translation>Sein Schlüssel ist ein anderer: {mark}</translation>
  </message>
  <message>
   <source>Its key is of a type that Matter does not allow.</source>
   <translation>Sein Schlüssel ist von einer Art, die Matter nicht erlaubt.</translation>
  </message>
  <message>
   <source>Its key usage is not allowed.</source>
   <translation>Die Verwendung seines Schlüssels ist nicht erlaubt.</translation>
  </message>
  <message>
   <source>Its name and state come from its advertisement, which any device can send.</source>
   <translation>Name und Zustand stammen aus seiner Bluetooth-Kennung (Advertisement), die jedes Gerät senden kann.</translation>
  </message>
  <message>
   <source>Its name is malformed.</source>
   <translation>Sein Name ist fehlerhaft.</translation>
  </message>
  <message>
   <source>Its one entry is signed by the manufacturer</source>
   <translation>Sein einziger Eintrag ist vom Hersteller signiert</translation>
  </message>
  <message>
   <source>Its receipt is kept with the run.</source>
   <translation>Seine Quittung liegt beim Lauf.</translation>
  </message>
  <message>
   <source>Its root is not among those you imported.</source>
   <translation>Sein Stammzertifikat ist nicht unter denen, die Sie importiert haben.</translation>
  </message>
  <message>
   <source>Its signature or content is wrong. Check the device before you use it.</source>
   <translation>Signatur oder Inhalt ist falsch. Prüfen Sie das Gerät, bevor Sie es verwenden.</translation>
  </message>
  <message>
   <source>Its version is not allowed.</source>
   <translation>Seine Version ist nicht erlaubt.</translation>
  </message>
  <message>
   <source>KNX IoT device</source>
   <translation>KNX-IoT-Gerät</translation>
  </message>
  <message>
   <source>KNX IoT devices are set up with ETS. Scan this code there.</source>
   <translation>KNX-IoT-Geräte werden mit der ETS eingerichtet. Scannen Sie diesen Code dort.</translation>
  </message>
  <message>
   <source>KNX Secure device</source>
   <translation>KNX-Secure-Gerät</translation>
  </message>
  <message>
   <source>Keep the device on the NFC reader</source>
   <translation>Lassen Sie das Gerät auf dem NFC-Lesegerät</translation>
  </message>
  <message>
   <source>Keep this token secret</source>
   <translation>Halten Sie dieses Token geheim</translation>
  </message>
  <message>
   <source>Key and certificate of the CA in this folder do not fit.</source>
   <translation>Schlüssel und Zertifikat der CA in diesem Ordner passen nicht zusammen.</translation>
  </message>
  <message>
   <source>Key {mark}</source>
   <translation>Schlüssel {mark}</translation>
  </message>
  <message>
   <source>Keychain Access → unlock “login”, or set COMPANION_PASSPHRASE</source>
   <translation>Schlüsselbundverwaltung → „Anmeldung“ entsperren, oder COMPANION_PASSPHRASE setzen</translation>
  </message>
  <message>
   <source>Keys are derived for each device</source>
   <translation>Schlüssel werden für jedes Gerät abgeleitet</translation>
  </message>
  <message>
   <source>Keys are in a file encrypted with your passphrase</source>
   <translation>Schlüssel in einer Datei, mit Ihrer Passphrase verschlüsselt</translation>
  </message>
  <message>
   <source>Keys are in {store}</source>
   <translation>Schlüssel in {store}</translation>
  </message>
  <message>
   <source>Keys are rotated after 2 to 65535 hours.</source>
   <translation>Schlüssel werden nach 2 bis 65535 Stunden gewechselt.</translation>
  </message>
  <message>
   <source>Keys, or a button that is pressed as often as asked.</source>
   <translation>Eine Tastatur oder eine Taste, die so oft gedrückt wird wie verlangt.</translation>
  </message>
  <message>
   <source>Kind of certification</source>
   <translation>Art der Zertifizierung</translation>
  </message>
  <message>
   <source>Leave it out, and keep it in the key store: `companion registry password`, or the settings (also ~/.pgpass or PGPASSWORD). If others saw it, change it.</source>
   <translation>Lassen Sie es weg, und bewahren Sie es im Schlüsselspeicher auf: `companion registry password` oder die Einstellungen (auch ~/.pgpass oder PGPASSWORD). Falls andere es gesehen haben, ändern Sie es.</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <source>Length of the message</source>
   <translation>Länge der Nachricht</translation>
  </message>
  <message>
   <source>Let it watch this log: `companion witness watch KEY`, with the key from `companion log head`.</source>
   <translation>Lassen Sie ihn dieses Log beobachten: `companion witness watch KEY` mit dem Schlüssel aus `companion log head`.</translation>
  </message>
  <message>
   <source>Let its owner make it: `companion registry roles --apply`.</source>
   <translation>Lassen Sie sie vom Eigentümer anlegen: `companion registry roles --apply`.</translation>
  </message>
  <message>
   <source>Let only one of them sound, then try again.</source>
   <translation>Lassen Sie nur eines davon tönen und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Link into an app</source>
   <translation>Link in eine App</translation>
  </message>
  <message>
   <source>Linux {release}</source>
   <translation>Linux {release}</translation>
  </message>
  <message>
   <source>Linux {release} may crash if a paired device loses its keys</source>
   <translation>Linux {release} kann abstürzen, wenn ein gekoppeltes Gerät seine Schlüssel verliert</translation>
  </message>
  <message>
   <source>Linux {release}: Bluetooth module not loaded</source>
   <translation>Linux {release}: Bluetooth-Modul nicht geladen</translation>
  </message>
  <message>
   <source>List all records with `companion devices`, `companion runs` and `companion grant`.</source>
   <translation>`companion devices`, `companion runs` und `companion grant` listen alle Einträge auf.</translation>
  </message>
  <message>
   <source>List saved networks with `companion dataset`.</source>
   <translation>`companion dataset` listet die gespeicherten auf.</translation>
  </message>
  <message>
   <source>List the apps with `companion devices controllers`, and name one by its number.</source>
   <translation>Listen Sie die Apps mit `companion devices controllers` auf und geben Sie eine mit ihrer Nummer an.</translation>
  </message>
  <message>
   <source>List your profiles with `companion cloud`, or make one with `companion cloud new`.</source>
   <translation>Listen Sie Ihre Profile mit `companion cloud` auf, oder legen Sie mit `companion cloud new` eins an.</translation>
  </message>
  <message>
   <source>LoRaWAN device</source>
   <translation>LoRaWAN-Gerät</translation>
  </message>
  <message>
   <source>LoRaWAN devices join over a gateway, not over Bluetooth. Register this code with your network server, for example The Things Stack or ChirpStack.</source>
   <translation>LoRaWAN-Geräte treten über ein Gateway bei, nicht über Bluetooth. Registrieren Sie diesen Code bei Ihrem Network-Server, zum Beispiel The Things Stack oder ChirpStack.</translation>
  </message>
  <message>
   <source>Login kept here</source>
   <translation>Anmeldung hier gespeichert</translation>
  </message>
  <message>
   <source>Longest message</source>
   <translation>Längste Nachricht</translation>
  </message>
  <message>
   <source>Look for the device in your router's list; after joining, it may no longer be visible over Bluetooth. If it is not listed, try again.</source>
   <translation>Suchen Sie das Gerät in der Liste Ihres Routers; nach dem Beitritt ist es über Bluetooth vielleicht nicht mehr sichtbar. Fehlt es dort, versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Make it quiet, hold the device close to the microphone, and start its sound again.</source>
   <translation>Sorgen Sie für Ruhe, halten Sie das Gerät nah ans Mikrofon und starten Sie seinen Ton noch einmal.</translation>
  </message>
  <message>
   <source>Management</source>
   <translation>Verwaltung</translation>
  </message>
  <message>
   <source>Manufacturer's intermediate certificate</source>
   <translation>Zwischenzertifikat des Herstellers</translation>
  </message>
  <message>
   <source>Manufacturer's voucher</source>
   <translation>Voucher des Herstellers</translation>
  </message>
  <message>
   <source>Manufacturer's voucher missing</source>
   <translation>Voucher des Herstellers fehlt</translation>
  </message>
  <message>
   <source>Many boards ask for a press of their button.</source>
   <translation>Viele Boards verlangen einen Druck auf ihre Taste.</translation>
  </message>
  <message>
   <source>Many servers take vouchers of manufacturers only whom they know. Ask its operator, or announce at another one with --server.</source>
   <translation>Viele Server nehmen nur Voucher von Herstellern an, die sie kennen. Fragen Sie den Betreiber, oder melden Sie das Gerät mit --server bei einem anderen an.</translation>
  </message>
  <message>
   <source>Map location</source>
   <translation>Ort auf einer Karte</translation>
  </message>
  <message>
   <source>Matter</source>
   <translation>Matter</translation>
  </message>
  <message>
   <source>Matter devices can't be told that you revoked the grant.</source>
   <translation>Matter-Geräten kann nicht mitgeteilt werden, dass Sie die Vollmacht widerrufen haben.</translation>
  </message>
  <message>
   <source>Matter devices enforce none of these limits except the end, and that only with a clock. Until {until}, the holder has the means to add any device to your Matter fabric and to control every device in it.</source>
   <translation>Matter-Geräte setzen keine dieser Grenzen durch außer dem Ende, und das nur mit Uhr. Bis {until} hat die bevollmächtigte Person die Mittel, jedes Gerät in Ihre Matter-Fabric aufzunehmen und jedes Gerät darin zu steuern.</translation>
  </message>
  <message>
   <source>Matter devices that are set up over Bluetooth need Apple's developer profile on a Mac</source>
   <translation>Matter-Geräte, die über Bluetooth eingerichtet werden, brauchen auf einem Mac Apples Entwicklerprofil</translation>
  </message>
  <message>
   <source>Matter test passcode</source>
   <translation>Matter-Testpasscode</translation>
  </message>
  <message>
   <source>Mesh devices are set up with {methods}.</source>
   <translation>Mesh-Geräte werden mit {methods} eingerichtet.</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>Nachricht</translation>
  </message>
  <message>
   <source>Message header</source>
   <translation>Kopf der Nachricht</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>Verfahren</translation>
  </message>
  <message>
   <source>Methods</source>
   <translation>Verfahren (Bits)</translation>
  </message>
  <message>
   <source>Microphone found ({devices})</source>
   <translation>Mikrofon gefunden ({devices})</translation>
  </message>
  <message>
   <source>Microphone support is not installed</source>
   <translation>Die Mikrofonunterstützung ist nicht installiert</translation>
  </message>
  <message>
   <source>Mode</source>
   <translation>Modus</translation>
  </message>
  <message>
   <source>Mosquitto, EMQX, HiveMQ or any other MQTT broker that trusts your CA.</source>
   <translation>Mosquitto, EMQX, HiveMQ oder jeder andere MQTT-Broker, der Ihrer CA vertraut.</translation>
  </message>
  <message>
   <source>Move it closer to the router. Many devices support only 2.4 GHz.</source>
   <translation>Stellen Sie es näher an den Router. Viele Geräte unterstützen nur 2,4 GHz.</translation>
  </message>
  <message>
   <source>Move the device away from it, or lower its level. Then start the device's sound again.</source>
   <translation>Halten Sie das Gerät weiter weg oder stellen Sie das Mikrofon leiser. Starten Sie dann den Ton des Geräts noch einmal.</translation>
  </message>
  <message>
   <source>Move within two metres of it. If that does not help, restart the device.</source>
   <translation>Gehen Sie auf zwei Meter heran. Hilft das nicht, starten Sie das Gerät neu.</translation>
  </message>
  <message>
   <source>Move within two metres of the device and try again.</source>
   <translation>Gehen Sie auf zwei Meter an das Gerät heran und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Music or voices are heard, but no device</source>
   <translation>Musik oder Stimmen sind zu hören, aber kein Gerät</translation>
  </message>
  <message>
   <source>NFC fault</source>
   <translation>Fehler an NFC</translation>
  </message>
  <message>
   <source>NFC or smart card reader: {names}. No operating system lets programs pair with a tag's data</source>
   <translation>NFC- oder Chipkartenleser: {names}. Mit den Daten eines Tags koppeln lässt Programme kein Betriebssystem</translation>
  </message>
  <message>
   <source>NFC support is not installed</source>
   <translation>NFC-Unterstützung ist nicht installiert</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Nest device (Weave)</source>
   <translation>Nest-Gerät (Weave)</translation>
  </message>
  <message>
   <source>Nest devices with Weave can be added only in the Nest or Google Home app.</source>
   <translation>Nest-Geräte mit Weave lassen sich nur in der Nest- oder der Google-Home-App hinzufügen.</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>Network connection failed</source>
   <translation>Keine Netzverbindung</translation>
  </message>
  <message>
   <source>Network hardware fault</source>
   <translation>Fehler an der Netzwerkhardware</translation>
  </message>
  <message>
   <source>Network jamming detected</source>
   <translation>Störsender im Netz erkannt</translation>
  </message>
  <message>
   <source>Network: {value}</source>
   <translation>Netz: {value}</translation>
  </message>
  <message>
   <source>NetworkManager doesn't let you make connections: {reason}.</source>
   <translation>NetworkManager erlaubt Ihnen keine Verbindungen: {reason}.</translation>
  </message>
  <message>
   <source>New devices belong to the owner from the start, never to the holder.</source>
   <translation>Neue Geräte gehören von Anfang an dem Eigentümer, nie der bevollmächtigten Person.</translation>
  </message>
  <message>
   <source>New devices connect to {endpoint}, by the cloud profile {profile}.</source>
   <translation>Neue Geräte verbinden sich mit {endpoint}, nach dem Cloud-Profil {profile}.</translation>
  </message>
  <message>
   <source>New devices report to no endpoint.</source>
   <translation>Neue Geräte melden sich bei keinem Endpunkt.</translation>
  </message>
  <message>
   <source>New devices report to the endpoint {endpoint}.</source>
   <translation>Neue Geräte melden sich beim Endpunkt {endpoint}.</translation>
  </message>
  <message>
   <source>New keys have not reached every node</source>
   <translation>Die neuen Schlüssel haben nicht jeden Knoten erreicht</translation>
  </message>
  <message>
   <source>No Improv response from {port}</source>
   <translation>Keine Improv-Antwort von {port}</translation>
  </message>
  <message>
   <source>No NFC reader found</source>
   <translation>Kein NFC-Lesegerät gefunden</translation>
  </message>
  <message>
   <source>No RADIUS server answers at {address}</source>
   <translation>Unter {address} antwortet kein RADIUS-Server</translation>
  </message>
  <message>
   <source>No Thread border router is on this computer's network. Connect one, or this computer to its network.</source>
   <translation>Im Netz dieses Computers ist kein Thread-Border-Router. Verbinden Sie einen, oder diesen Computer mit dessen Netz.</translation>
  </message>
  <message>
   <source>No Thread dataset from {router}</source>
   <translation>Kein Thread-Datensatz von {router}</translation>
  </message>
  <message>
   <source>No app joined. The code no longer works</source>
   <translation>Keine App ist beigetreten. Der Code gilt nicht mehr</translation>
  </message>
  <message>
   <source>No camera found</source>
   <translation>Keine Kamera gefunden</translation>
  </message>
  <message>
   <source>No certificate in it belongs to its private key.</source>
   <translation>Kein Zertifikat darin gehört zu seinem privaten Schlüssel.</translation>
  </message>
  <message>
   <source>No cloud profile “{wanted}”</source>
   <translation>Kein Cloud-Profil „{wanted}“</translation>
  </message>
  <message>
   <source>No commissioner certificate</source>
   <translation>Kein Commissioner-Zertifikat</translation>
  </message>
  <message>
   <source>No common authentication method</source>
   <translation>Kein gemeinsames Authentifizierungsverfahren</translation>
  </message>
  <message>
   <source>No credentials sent yet</source>
   <translation>Noch keine Zugangsdaten gesendet</translation>
  </message>
  <message>
   <source>No credentials were sent in this run.</source>
   <translation>In diesem Lauf wurden keine Zugangsdaten gesendet.</translation>
  </message>
  <message>
   <source>No delivery was announced for it.</source>
   <translation>Dafür war keine Lieferung angekündigt.</translation>
  </message>
  <message>
   <source>No device announces itself on the network. Check that this one is on. If others are on too, multicast DNS is blocked: allow it in the firewall, and turn off client isolation at the access point.</source>
   <translation>Kein Gerät meldet sich im Netz. Prüfen Sie, ob dieses eingeschaltet ist. Sind andere auch eingeschaltet, ist Multicast-DNS blockiert: Erlauben Sie es in der Firewall, und schalten Sie die Client-Isolation am Access Point aus.</translation>
  </message>
  <message>
   <source>No device found yet</source>
   <translation>Noch kein Gerät gefunden</translation>
  </message>
  <message>
   <source>No device in range has this name or address. `companion nearby` lists those that can be set up.</source>
   <translation>Kein Gerät in Reichweite hat diesen Namen oder diese Adresse. Siehe `companion nearby`.</translation>
  </message>
  <message>
   <source>No device says that. The key in your rule counts for the files that Companion keeps and sends.</source>
   <translation>Das sagt kein Gerät. Der Schlüssel in Ihrer Regel gilt für die Dateien, die Companion aufbewahrt und sendet.</translation>
  </message>
  <message>
   <source>No fabric “{wanted}”</source>
   <translation>Keine Fabric „{wanted}“</translation>
  </message>
  <message>
   <source>No firmware rule has this id, or several have</source>
   <translation>Keine Firmware-Regel hat diese Kennung, oder mehrere haben sie</translation>
  </message>
  <message>
   <source>No fonts found for the window</source>
   <translation>Keine Schriften für das Fenster gefunden</translation>
  </message>
  <message>
   <source>No grant in the chain is revoked</source>
   <translation>Keine Vollmacht in der Kette ist widerrufen</translation>
  </message>
  <message>
   <source>No image from the camera</source>
   <translation>Kein Bild von der Kamera</translation>
  </message>
  <message>
   <source>No keys were handed over. Use a device that offers it, or leave out the option that requires it.</source>
   <translation>Es wurden keine Schlüssel übergeben. Verwenden Sie ein Gerät, das ihn anbietet, oder lassen Sie die Option weg, die ihn verlangt.</translation>
  </message>
  <message>
   <source>No list of certified firmware is imported.</source>
   <translation>Es ist keine Liste zertifizierter Firmware importiert.</translation>
  </message>
  <message>
   <source>No mesh network</source>
   <translation>Kein Mesh-Netz</translation>
  </message>
  <message>
   <source>No microphone found</source>
   <translation>Kein Mikrofon gefunden</translation>
  </message>
  <message>
   <source>No more PINs are sent to the hardware token {token}</source>
   <translation>An das Hardware-Token {token} werden keine PINs mehr gesendet</translation>
  </message>
  <message>
   <source>No more apps can join</source>
   <translation>Keine weitere App kann beitreten</translation>
  </message>
  <message>
   <source>No newer release</source>
   <translation>Keine neuere Version</translation>
  </message>
  <message>
   <source>No node of your network is in range. Go nearer to one that is a proxy, and switch it on.</source>
   <translation>Kein Knoten Ihres Netzes ist in Reichweite. Gehen Sie näher an einen heran, der Proxy ist, und schalten Sie ihn ein.</translation>
  </message>
  <message>
   <source>No ownership voucher with the GUID {guid} is saved here</source>
   <translation>Hier ist kein Ownership Voucher mit der GUID {guid} gespeichert</translation>
  </message>
  <message>
   <source>No permission to use Bluetooth</source>
   <translation>Keine Berechtigung für Bluetooth</translation>
  </message>
  <message>
   <source>No permission to use the camera</source>
   <translation>Keine Berechtigung für die Kamera</translation>
  </message>
  <message>
   <source>No permission to use the microphone</source>
   <translation>Keine Berechtigung für das Mikrofon</translation>
  </message>
  <message>
   <source>No real device does that, so someone else may be answering. No keys were handed over. Try again in another place.</source>
   <translation>Kein echtes Gerät tut das, also antwortet vielleicht jemand anderes. Es wurden keine Schlüssel übergeben. Versuchen Sie es an einem anderen Ort erneut.</translation>
  </message>
  <message>
   <source>No record “{wanted}”</source>
   <translation>Kein Eintrag „{wanted}“</translation>
  </message>
  <message>
   <source>No registry in that database yet</source>
   <translation>In dieser Datenbank ist noch keine Registry</translation>
  </message>
  <message>
   <source>No response from the device, trying again ({attempt})</source>
   <translation>Keine Antwort vom Gerät, neuer Versuch ({attempt})</translation>
  </message>
  <message>
   <source>No response from {port}</source>
   <translation>Keine Antwort von {port}</translation>
  </message>
  <message>
   <source>No response in time</source>
   <translation>Keine rechtzeitige Antwort</translation>
  </message>
  <message>
   <source>No revocation list is imported.</source>
   <translation>Es ist keine Widerrufsliste importiert.</translation>
  </message>
  <message>
   <source>No roots of manufacturers are imported.</source>
   <translation>Es sind keine Stammzertifikate von Herstellern importiert.</translation>
  </message>
  <message>
   <source>No saved Thread network “{wanted}”</source>
   <translation>Kein Thread-Netz „{wanted}“ ist gespeichert</translation>
  </message>
  <message>
   <source>No session yet, so it is not known who can read this.</source>
   <translation>Noch keine Sitzung, daher ist nicht bekannt, wer dies lesen kann.</translation>
  </message>
  <message>
   <source>No setup code found in the image</source>
   <translation>Kein Einrichtungscode im Bild gefunden</translation>
  </message>
  <message>
   <source>No setup code on the NFC tag</source>
   <translation>Kein Einrichtungscode auf dem NFC-Tag</translation>
  </message>
  <message>
   <source>No single network is “{wanted}”. There are: {known}</source>
   <translation>Kein einzelnes Netz ist „{wanted}“. Es gibt: {known}</translation>
  </message>
  <message>
   <source>No sound from the microphone</source>
   <translation>Kein Ton vom Mikrofon</translation>
  </message>
  <message>
   <source>No system bus address</source>
   <translation>Keine Adresse für den Systembus</translation>
  </message>
  <message>
   <source>No system key store: Companion asks for a passphrase and uses an encrypted file</source>
   <translation>Kein Schlüsselspeicher im System: Companion fragt nach einer Passphrase und verwendet eine verschlüsselte Datei</translation>
  </message>
  <message>
   <source>No transfer token “{wanted}” to cancel</source>
   <translation>Kein Übertragungs-Token „{wanted}“ zum Widerrufen</translation>
  </message>
  <message>
   <source>No working Bluetooth adapter</source>
   <translation>Kein funktionierender Bluetooth-Adapter</translation>
  </message>
  <message>
   <source>No.</source>
   <translation>Nr.</translation>
  </message>
  <message>
   <source>Nobody presses anything, but the secret is often the same in a whole product.</source>
   <translation>Niemand muss etwas drücken, aber das Geheimnis ist oft in der ganzen Produktreihe gleich.</translation>
  </message>
  <message>
   <source>Nobody presses anything: many devices at a time, by delegates too.</source>
   <translation>Niemand muss etwas drücken: viele Geräte zugleich, auch durch Bevollmächtigte.</translation>
  </message>
  <message>
   <source>Nobody presses anything; nothing tells one device from another.</source>
   <translation>Niemand muss etwas drücken; nichts unterscheidet ein Gerät vom anderen.</translation>
  </message>
  <message>
   <source>Nobody proved anything: the session may end at someone in between.</source>
   <translation>Niemand hat etwas bewiesen: Die Sitzung kann bei jemandem dazwischen enden.</translation>
  </message>
  <message>
   <source>Node {node} has no model {model}. `companion mesh show` lists what it has.</source>
   <translation>Knoten {node} hat kein Modell {model}. `companion mesh show` listet auf, welche er hat.</translation>
  </message>
  <message>
   <source>Node {node} said: {reason}. What it had accepted before stays.</source>
   <translation>Knoten {node} meldet: {reason}. Was er vorher angenommen hat, bleibt.</translation>
  </message>
  <message>
   <source>None of the keys that you gave made it.</source>
   <translation>Sie stammt von keinem der angegebenen Schlüssel.</translation>
  </message>
  <message>
   <source>None was kept</source>
   <translation>Keines ist aufbewahrt</translation>
  </message>
  <message>
   <source>Not a journal that continues your copy</source>
   <translation>Kein Journal, das Ihre Kopie fortsetzt</translation>
  </message>
  <message>
   <source>Not a usable commissioner certificate</source>
   <translation>Kein brauchbares Commissioner-Zertifikat</translation>
  </message>
  <message>
   <source>Not a usable mesh network file</source>
   <translation>Keine brauchbare Datei eines Mesh-Netzes</translation>
  </message>
  <message>
   <source>Not a valid delegate report</source>
   <translation>Kein gültiger Bericht eines Bevollmächtigten</translation>
  </message>
  <message>
   <source>Not a valid grant</source>
   <translation>Keine gültige Vollmacht</translation>
  </message>
  <message>
   <source>Not a valid log head</source>
   <translation>Kein gültiger Log-Head</translation>
  </message>
  <message>
   <source>Not a valid revocation list</source>
   <translation>Keine gültige Widerrufsliste</translation>
  </message>
  <message>
   <source>Not a valid trust file</source>
   <translation>Keine gültige Vertrauensdatei</translation>
  </message>
  <message>
   <source>Not allowed: to change networks.</source>
   <translation>Nicht erlaubt: Netze ändern.</translation>
  </message>
  <message>
   <source>Not allowed: to pass rights on.</source>
   <translation>Nicht erlaubt: Rechte weitergeben.</translation>
  </message>
  <message>
   <source>Not allowed: to renew certificates.</source>
   <translation>Nicht erlaubt: Zertifikate erneuern.</translation>
  </message>
  <message>
   <source>Not allowed: to reset devices.</source>
   <translation>Nicht erlaubt: Geräte zurücksetzen.</translation>
  </message>
  <message>
   <source>Not allowed: to set up new devices.</source>
   <translation>Nicht erlaubt: neue Geräte einrichten.</translation>
  </message>
  <message>
   <source>Not allowed: to transfer devices to another owner. No grant can allow that.</source>
   <translation>Nicht erlaubt: Geräte an einen anderen Eigentümer übertragen. Das kann keine Vollmacht erlauben.</translation>
  </message>
  <message>
   <source>Not authenticated yet</source>
   <translation>Noch nicht authentifiziert</translation>
  </message>
  <message>
   <source>Not checked: a check it depends on failed</source>
   <translation>Nicht geprüft: Eine Prüfung, auf der sie beruht, ist fehlgeschlagen</translation>
  </message>
  <message>
   <source>Not checked: it needs the part above</source>
   <translation>Nicht geprüft: Dafür fehlt der Teil darüber</translation>
  </message>
  <message>
   <source>Not encrypted</source>
   <translation>Nicht verschlüsselt</translation>
  </message>
  <message>
   <source>Not enough storage on the device</source>
   <translation>Zu wenig Speicher auf dem Gerät</translation>
  </message>
  <message>
   <source>Not measured yet</source>
   <translation>Noch nicht gemessen</translation>
  </message>
  <message>
   <source>Not prevented, but shown in the owner's log: {limits}.</source>
   <translation>Nicht verhindert, aber im Log des Eigentümers sichtbar: {limits}.</translation>
  </message>
  <message>
   <source>Not set up</source>
   <translation>Nicht eingerichtet</translation>
  </message>
  <message>
   <source>Not shown</source>
   <translation>Nicht gezeigt</translation>
  </message>
  <message>
   <source>Not the address of a registry</source>
   <translation>Keine Adresse einer Registry</translation>
  </message>
  <message>
   <source>Nothing answers at {address}</source>
   <translation>Unter {address} antwortet nichts</translation>
  </message>
  <message>
   <source>Nothing came back from node {node}. Switch it on, or go nearer to it or to a node between you, then try again. A node that was reset answers nobody; then remove it.</source>
   <translation>Von Knoten {node} kam nichts zurück. Schalten Sie ihn ein, oder gehen Sie näher an ihn oder an einen Knoten zwischen Ihnen heran, und versuchen Sie es noch einmal. Ein zurückgesetzter Knoten antwortet niemandem; entfernen Sie ihn dann.</translation>
  </message>
  <message>
   <source>Nothing is encrypted</source>
   <translation>Nichts ist verschlüsselt</translation>
  </message>
  <message>
   <source>Nothing is encrypted, but only what is on the cable is in between.</source>
   <translation>Nichts ist verschlüsselt, aber dazwischen ist nur, was am Kabel hängt.</translation>
  </message>
  <message>
   <source>Nothing is encrypted. Over a cable, only the connected device can read it.</source>
   <translation>Nichts ist verschlüsselt. Über ein Kabel kann nur das angeschlossene Gerät mitlesen.</translation>
  </message>
  <message>
   <source>Nothing is encrypted: someone in between reads and changes everything.</source>
   <translation>Nichts ist verschlüsselt: Wer dazwischen ist, liest und ändert alles.</translation>
  </message>
  <message>
   <source>Nothing is scanned and nothing is compared.</source>
   <translation>Nichts wird gescannt und nichts verglichen.</translation>
  </message>
  <message>
   <source>Nothing is scanned or pressed: any device in range, one by one.</source>
   <translation>Nichts wird gescannt oder gedrückt: jedes Gerät in Reichweite, eines nach dem anderen.</translation>
  </message>
  <message>
   <source>Nothing of this run can be played again</source>
   <translation>Von diesem Lauf lässt sich nichts noch einmal abspielen</translation>
  </message>
  <message>
   <source>Nothing of yours was written. Look at the record as it is now, then edit it again.</source>
   <translation>Von Ihnen wurde nichts geschrieben. Sehen Sie sich den Eintrag an, wie er jetzt ist, und ändern Sie ihn dann erneut.</translation>
  </message>
  <message>
   <source>Nothing that is signed says which of two reports on device {serial} is newer.</source>
   <translation>Nichts Signiertes sagt, welcher von zwei Berichten über das Gerät {serial} neuer ist.</translation>
  </message>
  <message>
   <source>Nothing was changed on it. Try again. If it happens again, send us the report.</source>
   <translation>Am Gerät wurde nichts geändert. Versuchen Sie es erneut. Tritt der Fehler wieder auf, senden Sie uns den Bericht.</translation>
  </message>
  <message>
   <source>Nothing was changed. Ask the registry's owner for the role that this needs: {role}.</source>
   <translation>Nichts wurde geändert. Bitten Sie den Eigentümer der Registry um die nötige Rolle: {role}.</translation>
  </message>
  <message>
   <source>Nothing was changed. Move into an empty database.</source>
   <translation>Nichts wurde geändert. Ziehen Sie in eine leere Datenbank um.</translation>
  </message>
  <message>
   <source>Nothing was changed. Use a name of 1 to 32 bytes that none of your other fabrics has.</source>
   <translation>Es wurde nichts geändert. Verwenden Sie einen Namen von 1 bis 32 Bytes, den keine Ihrer anderen Fabrics hat.</translation>
  </message>
  <message>
   <source>Nothing was changed. Use a token that imports P-256 keys: most smart cards, YubiKeys and HSMs do. A TPM can open your key file instead: `companion hsm seal`.</source>
   <translation>Nichts wurde geändert. Verwenden Sie ein Token, das P-256-Schlüssel importiert: Die meisten Smartcards, YubiKeys und HSMs können das. Ein TPM kann stattdessen Ihre Schlüsseldatei öffnen: `companion hsm seal`.</translation>
  </message>
  <message>
   <source>Nothing was changed. Use that version or a later one.</source>
   <translation>Es wurde nichts verändert. Verwenden Sie jene oder eine neuere Version.</translation>
  </message>
  <message>
   <source>Nothing was changed. Use the original file from the manufacturer or owner.</source>
   <translation>Es wurde nichts verändert. Verwenden Sie die Originaldatei des Herstellers oder Eigentümers.</translation>
  </message>
  <message>
   <source>Nothing was done. `companion fabric` lists yours, `companion devices show` those of a device.</source>
   <translation>Es wurde nichts unternommen. `companion fabric` listet Ihre auf, `companion devices show` die eines Geräts.</translation>
  </message>
  <message>
   <source>Nothing was handed over. Try again. If it happens again, send us the report.</source>
   <translation>Es wurde nichts übergeben. Versuchen Sie es erneut. Wenn es wieder geschieht, schicken Sie uns den Bericht.</translation>
  </message>
  <message>
   <source>Nothing was sent. To continue although the protection is weak, run again with `--accept-risks`.</source>
   <translation>Es wurde nichts gesendet. Um trotz des schwachen Schutzes fortzufahren, starten Sie erneut mit `--accept-risks`.</translation>
  </message>
  <message>
   <source>Nothing was written. Remove it, or choose another place.</source>
   <translation>Es wurde nichts geschrieben. Entfernen Sie sie, oder wählen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>Nummer</translation>
  </message>
  <message>
   <source>Number comparison</source>
   <translation>Zahlenvergleich</translation>
  </message>
  <message>
   <source>Number comparison required</source>
   <translation>Zahlenvergleich erforderlich</translation>
  </message>
  <message>
   <source>Number it shows</source>
   <translation>Zahl, die es anzeigt</translation>
  </message>
  <message>
   <source>Number it takes</source>
   <translation>Zahl, die es annimmt</translation>
  </message>
  <message>
   <source>Numbers + certificate</source>
   <translation>Zahlen + Zertifikat</translation>
  </message>
  <message>
   <source>Older firmware may have known defects.</source>
   <translation>Ältere Firmware kann bekannte Fehler haben.</translation>
  </message>
  <message>
   <source>Older firmware than before: {version}, and {before} before that</source>
   <translation>Ältere Firmware als zuvor: {version}, davor {before}</translation>
  </message>
  <message>
   <source>On {day} at {site}.</source>
   <translation>Am {day}, Standort {site}.</translation>
  </message>
  <message>
   <source>On {day}.</source>
   <translation>Am {day}.</translation>
  </message>
  <message>
   <source>One code for each device. Other apps share it over the network.</source>
   <translation>Ein Code für jedes Gerät. Andere Apps teilen es sich über das Netz.</translation>
  </message>
  <message>
   <source>One handshake, one cipher suite: there is no choice to attack.</source>
   <translation>Ein Handshake, eine Cipher-Suite: Es gibt keine Wahl, die sich angreifen ließe.</translation>
  </message>
  <message>
   <source>One identity key was used under two serial numbers, {first} and {second}.</source>
   <translation>Ein Identitätsschlüssel wurde unter zwei Seriennummern verwendet, {first} und {second}.</translation>
  </message>
  <message>
   <source>One is damaged or signed by another CA</source>
   <translation>Eines ist beschädigt oder von einer anderen CA signiert</translation>
  </message>
  <message>
   <source>One is signed with SHA-1, which proves nothing</source>
   <translation>Eines ist mit SHA-1 signiert, was nichts beweist</translation>
  </message>
  <message>
   <source>One light on the device, and a camera on the computer.</source>
   <translation>Ein Licht am Gerät und eine Kamera am Computer.</translation>
  </message>
  <message>
   <source>One of the two is a copy, or a label was printed twice.</source>
   <translation>Eines der beiden ist eine Kopie, oder ein Etikett wurde zweimal gedruckt.</translation>
  </message>
  <message>
   <source>One of them is wrong. Your record keeps what arrived first.</source>
   <translation>Einer davon ist falsch. Ihr Eintrag behält, was zuerst ankam.</translation>
  </message>
  <message>
   <source>Only Amazon devices and the Alexa app can set up this device. Scan the code in the Alexa app.</source>
   <translation>Nur Amazon-Geräte und die Alexa-App können dieses Gerät einrichten. Scannen Sie den Code in der Alexa-App.</translation>
  </message>
  <message>
   <source>Only Bluetooth, and a secret of its own for each device.</source>
   <translation>Nur Bluetooth und ein eigenes Geheimnis für jedes Gerät.</translation>
  </message>
  <message>
   <source>Only Bluetooth.</source>
   <translation>Nur Bluetooth.</translation>
  </message>
  <message>
   <source>Only RP1 devices take a cloud profile. Set it up without one.</source>
   <translation>Nur RP1-Geräte nehmen ein Cloud-Profil an. Richten Sie es ohne eins ein.</translation>
  </message>
  <message>
   <source>Only Tuya's apps can set up this device. Scan the code in Smart Life, Tuya Smart or the manufacturer's app.</source>
   <translation>Nur Apps von Tuya können dieses Gerät einrichten. Scannen Sie den Code in Smart Life, Tuya Smart oder der App des Herstellers.</translation>
  </message>
  <message>
   <source>Only a device that knows the secret its light showed can read this.</source>
   <translation>Nur ein Gerät, das das vom Licht gezeigte Geheimnis kennt, kann dies lesen.</translation>
  </message>
  <message>
   <source>Only a device that knows the secret its sound carried can read this.</source>
   <translation>Nur ein Gerät, das das von seinem Ton übertragene Geheimnis kennt, kann das lesen.</translation>
  </message>
  <message>
   <source>Only a device that knows the secret of the setup code can read this.</source>
   <translation>Nur ein Gerät, das das Geheimnis des Einrichtungscodes kennt, kann dies lesen.</translation>
  </message>
  <message>
   <source>Only a device that knows the secret you entered can read this.</source>
   <translation>Nur ein Gerät, das das eingegebene Geheimnis kennt, kann dies lesen.</translation>
  </message>
  <message>
   <source>Only a device that knows the shared key can read this.</source>
   <translation>Nur ein Gerät, das den gemeinsamen Schlüssel kennt, kann dies lesen.</translation>
  </message>
  <message>
   <source>Only a device that read the secret on this screen can read this.</source>
   <translation>Nur ein Gerät, das das Geheimnis auf diesem Bildschirm gelesen hat, kann dies lesen.</translation>
  </message>
  <message>
   <source>Only an OpenThread border router with its REST interface switched on provides it. Copy the dataset from the border router's app instead.</source>
   <translation>Nur ein OpenThread-Border-Router mit eingeschalteter REST-Schnittstelle gibt ihn heraus. Kopieren Sie den Datensatz stattdessen aus der App des Border-Routers.</translation>
  </message>
  <message>
   <source>Only devices that know it can be asked for this. Reset the device by hand (see its manual).</source>
   <translation>Das geht nur bei Geräten, die ihn kennen. Setzen Sie das Gerät von Hand zurück (siehe Anleitung).</translation>
  </message>
  <message>
   <source>Only the Aqara Home app can set up this device. Scan the code there.</source>
   <translation>Nur die Aqara-Home-App kann dieses Gerät einrichten. Scannen Sie den Code dort.</translation>
  </message>
  <message>
   <source>Only the SmartThings app can set up this device. Scan the code there.</source>
   <translation>Nur die SmartThings-App kann dieses Gerät einrichten. Scannen Sie den Code dort.</translation>
  </message>
  <message>
   <source>Only the Xiaomi Home app can set up this device. Scan the code there.</source>
   <translation>Nur die Xiaomi-Home-App kann dieses Gerät einrichten. Scannen Sie den Code dort.</translation>
  </message>
  <message>
   <source>Only the device attested by its manufacturer can read this.</source>
   <translation>Nur das vom Hersteller attestierte Gerät kann dies lesen.</translation>
  </message>
  <message>
   <source>Only the device can check that</source>
   <translation>Das kann nur das Gerät prüfen</translation>
  </message>
  <message>
   <source>Only the device identified by the setup code can read this.</source>
   <translation>Nur das Gerät, das der Einrichtungscode bezeichnet, kann dies lesen.</translation>
  </message>
  <message>
   <source>Only the device identified by the transfer token can read this.</source>
   <translation>Nur das Gerät, das das Übertragungs-Token bezeichnet, kann dies lesen.</translation>
  </message>
  <message>
   <source>Only the device in this session can read messages, and changes are detected.</source>
   <translation>Nur das Gerät in dieser Sitzung kann Nachrichten lesen, und Änderungen werden erkannt.</translation>
  </message>
  <message>
   <source>Only the device in your records can read this.</source>
   <translation>Nur das Gerät aus Ihren Aufzeichnungen kann dies lesen.</translation>
  </message>
  <message>
   <source>Only the device of the earlier session can read this.</source>
   <translation>Nur das Gerät der früheren Sitzung kann dies lesen.</translation>
  </message>
  <message>
   <source>Only the device that showed the number can read this.</source>
   <translation>Nur das Gerät, das die Zahl angezeigt hat, kann dies lesen.</translation>
  </message>
  <message>
   <source>Only the device whose public key you gave can read this.</source>
   <translation>Nur das Gerät, dessen öffentlichen Schlüssel Sie angegeben haben, kann dies lesen.</translation>
  </message>
  <message>
   <source>Only the manufacturer's app can set up this device. Scan the code in the EZVIZ or Hik-Connect app.</source>
   <translation>Nur die App des Herstellers kann dieses Gerät einrichten. Scannen Sie den Code in der EZVIZ- oder der Hik-Connect-App.</translation>
  </message>
  <message>
   <source>Only the manufacturer's app can set up this device. Scan the code in the Imou or DMSS app.</source>
   <translation>Nur die App des Herstellers kann dieses Gerät einrichten. Scannen Sie den Code in der Imou- oder der DMSS-App.</translation>
  </message>
  <message>
   <source>Open a report that was exported as JSON. Other formats can't be opened here.</source>
   <translation>Öffnen Sie einen als JSON exportierten Bericht. Andere Formate lassen sich hier nicht öffnen.</translation>
  </message>
  <message>
   <source>Open the settings menu on the device and start setup mode there.</source>
   <translation>Öffnen Sie das Einstellungsmenü am Gerät und starten Sie dort den Einrichtungsmodus.</translation>
  </message>
  <message>
   <source>Other users can write to {folder}</source>
   <translation>Andere Benutzerkonten können in {folder} schreiben</translation>
  </message>
  <message>
   <source>Outside your grant from {owner}</source>
   <translation>Außerhalb Ihrer Vollmacht von {owner}</translation>
  </message>
  <message>
   <source>Over Bluetooth</source>
   <translation>Über Bluetooth</translation>
  </message>
  <message>
   <source>Over a cable</source>
   <translation>Über ein Kabel</translation>
  </message>
  <message>
   <source>Overheating, needs service</source>
   <translation>Überhitzt, muss gewartet werden</translation>
  </message>
  <message>
   <source>Overheating, recovers automatically</source>
   <translation>Überhitzt, erholt sich von selbst</translation>
  </message>
  <message>
   <source>Owner key: {key}</source>
   <translation>Eigentümerschlüssel: {key}</translation>
  </message>
  <message>
   <source>PENDING_ACTIVATION: provisioning failed</source>
   <translation>PENDING_ACTIVATION: Die Registrierung ist gescheitert</translation>
  </message>
  <message>
   <source>PENDING_ACTIVATION: provisioning failed, often for a missing policy or role</source>
   <translation>PENDING_ACTIVATION: Die Registrierung ist gescheitert, oft an einer fehlenden Policy oder Rolle</translation>
  </message>
  <message>
   <source>PENDING_ACTIVATION: the template names {fields}, which the certificate does not have</source>
   <translation>PENDING_ACTIVATION: Die Vorlage nennt {fields}, was das Zertifikat nicht hat</translation>
  </message>
  <message>
   <source>PENDING_ACTIVATION: there is no template {template}</source>
   <translation>PENDING_ACTIVATION: Es gibt keine Vorlage {template}</translation>
  </message>
  <message>
   <source>Part of Espressif's SDK, with apps for Android and iOS.</source>
   <translation>Teil von Espressifs SDK, mit Apps für Android und iOS.</translation>
  </message>
  <message>
   <source>Part of Thread 1.4 and OpenThread; few products yet.</source>
   <translation>Teil von Thread 1.4 und OpenThread; bisher wenige Produkte.</translation>
  </message>
  <message>
   <source>Part of it is missing or wrong. Scan it again, or compare it with the label.</source>
   <translation>Ein Teil fehlt oder ist falsch. Scannen Sie ihn erneut, oder vergleichen Sie ihn mit dem Etikett.</translation>
  </message>
  <message>
   <source>Part of its attestation failed; the report lists every check. Contact the manufacturer. If you are sure that you want to use it, run again with `--accept-risks`.</source>
   <translation>Ein Teil seiner Attestierung ist fehlgeschlagen; der Bericht nennt jede Prüfung. Wenden Sie sich an den Hersteller. Wenn Sie es trotzdem verwenden möchten, starten Sie erneut mit `--accept-risks`.</translation>
  </message>
  <message>
   <source>Passcode</source>
   <translation>Passcode</translation>
  </message>
  <message>
   <source>Patch</source>
   <translation>Patch</translation>
  </message>
  <message>
   <source>Payment</source>
   <translation>Zahlung</translation>
  </message>
  <message>
   <source>Permission is requested when you listen to a device</source>
   <translation>Die Berechtigung wird angefragt, wenn Sie ein Gerät anhören</translation>
  </message>
  <message>
   <source>Permission is requested when you scan</source>
   <translation>Die Berechtigung wird beim Scannen angefragt</translation>
  </message>
  <message>
   <source>Permission not checked</source>
   <translation>Berechtigung nicht geprüft</translation>
  </message>
  <message>
   <source>Phone number</source>
   <translation>Telefonnummer</translation>
  </message>
  <message>
   <source>Plug in a Bluetooth adapter, or run `companion doctor` to see what is missing.</source>
   <translation>Schließen Sie einen Bluetooth-Adapter an, oder prüfen Sie mit `companion doctor`, was fehlt.</translation>
  </message>
  <message>
   <source>Plug in a Bluetooth adapter, then: sudo systemctl restart bluetooth</source>
   <translation>Bluetooth-Adapter anschließen, dann: sudo systemctl restart bluetooth</translation>
  </message>
  <message>
   <source>Plug in a camera; `v4l2-ctl --list-devices` lists detected cameras</source>
   <translation>Kamera anschließen; `v4l2-ctl --list-devices` zeigt erkannte Kameras</translation>
  </message>
  <message>
   <source>Plug it in again, or choose another adapter.</source>
   <translation>Schließen Sie ihn wieder an, oder wählen Sie einen anderen Adapter.</translation>
  </message>
  <message>
   <source>Plug it in.</source>
   <translation>Einstecken.</translation>
  </message>
  <message>
   <source>Policy</source>
   <translation>Policy</translation>
  </message>
  <message>
   <source>Policy attached</source>
   <translation>Policy angehängt</translation>
  </message>
  <message>
   <source>Policy {name}</source>
   <translation>Policy {name}</translation>
  </message>
  <message>
   <source>PostgreSQL {server} answers, and the way to it is not encrypted (role: {role})</source>
   <translation>PostgreSQL {server} antwortet, und der Weg dorthin ist nicht verschlüsselt (Rolle: {role})</translation>
  </message>
  <message>
   <source>PostgreSQL {server} answers, role: {role}</source>
   <translation>PostgreSQL {server} antwortet, Rolle: {role}</translation>
  </message>
  <message>
   <source>PostgreSQL {server} answers; its owner has to make or update the registry</source>
   <translation>PostgreSQL {server} antwortet; der Eigentümer muss die Registry anlegen oder aktualisieren</translation>
  </message>
  <message>
   <source>PostgreSQL {server} answers; its registry is of a newer version</source>
   <translation>PostgreSQL {server} antwortet; seine Registry hat eine neuere Version</translation>
  </message>
  <message>
   <source>Power source fault</source>
   <translation>Fehler an der Stromversorgung</translation>
  </message>
  <message>
   <source>Press and release the device's setup button {number} times, within a second of each other.</source>
   <translation>Drücken Sie die Einrichtungstaste des Geräts {number}-mal und lassen Sie sie jeweils los, im Abstand von höchstens einer Sekunde.</translation>
  </message>
  <message>
   <source>Press the button on the device to confirm</source>
   <translation>Drücken Sie zur Bestätigung die Taste am Gerät</translation>
  </message>
  <message>
   <source>Press the button on {name}</source>
   <translation>Drücken Sie die Taste an {name}</translation>
  </message>
  <message>
   <source>Press the device's button, or follow its instructions, until it is in setup mode. Then try again.</source>
   <translation>Drücken Sie die Taste des Geräts, oder folgen Sie seiner Anleitung, bis es im Einrichtungsmodus ist. Versuchen Sie es dann erneut.</translation>
  </message>
  <message>
   <source>Press the device's reset button and try again. Its firmware must support Improv over serial.</source>
   <translation>Drücken Sie die Reset-Taste des Geräts und versuchen Sie es erneut. Die Firmware muss Improv über die serielle Schnittstelle unterstützen.</translation>
  </message>
  <message>
   <source>Press the device's reset button {number} times, within a second of each other.</source>
   <translation>Drücken Sie die Reset-Taste des Geräts {number}-mal, im Abstand von höchstens einer Sekunde.</translation>
  </message>
  <message>
   <source>Press the device's reset button. It is then in setup mode.</source>
   <translation>Drücken Sie die Reset-Taste des Geräts. Danach ist es im Einrichtungsmodus.</translation>
  </message>
  <message>
   <source>Press the device's setup button {number} times, within a second of each other.</source>
   <translation>Drücken Sie die Einrichtungstaste des Geräts {number}-mal, im Abstand von höchstens einer Sekunde.</translation>
  </message>
  <message>
   <source>Press the device's setup button. It is then in setup mode.</source>
   <translation>Drücken Sie die Einrichtungstaste des Geräts. Danach ist es im Einrichtungsmodus.</translation>
  </message>
  <message>
   <source>Product barcode</source>
   <translation>Produkt-Barcode</translation>
  </message>
  <message>
   <source>Product code</source>
   <translation>Produktcode</translation>
  </message>
  <message>
   <source>Product the same in all certificates</source>
   <translation>Produkt in allen Zertifikaten gleich</translation>
  </message>
  <message>
   <source>Protection is known once connected</source>
   <translation>Der Schutz ist erst nach dem Verbinden bekannt</translation>
  </message>
  <message>
   <source>Protection not measured yet</source>
   <translation>Schutz noch nicht gemessen</translation>
  </message>
  <message>
   <source>Protocol</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>Protocol plug-in {name} from {distribution} can't be used ({reason})</source>
   <translation>Protokoll-Plug-in {name} aus {distribution} ist nicht nutzbar ({reason})</translation>
  </message>
  <message>
   <source>Provide one with --wifi-file (JSON with ssid and passphrase, or a WIFI: code).</source>
   <translation>Geben Sie eines mit --wifi-file an (JSON mit ssid und passphrase, oder ein WIFI:-Code).</translation>
  </message>
  <message>
   <source>Provide the active operational dataset of a network here ({networks}). The app of its border router shows it; the network itself does not reveal it.</source>
   <translation>Geben Sie den aktiven Datensatz (Operational Dataset) eines der Netze hier an ({networks}). Die App seines Border-Routers zeigt ihn; das Netz selbst gibt ihn nicht preis.</translation>
  </message>
  <message>
   <source>Provide the network's active operational dataset, as its border router's app shows it. No border router announces itself on this computer's network; the device is reachable only through one.</source>
   <translation>Geben Sie den aktiven Datensatz (Operational Dataset) des Netzes an, wie ihn die App seines Border-Routers zeigt. Im Netz dieses Computers meldet sich kein Border-Router; nur über einen ist das Gerät erreichbar.</translation>
  </message>
  <message>
   <source>Provide the network's active operational dataset, as your border router shows it.</source>
   <translation>Geben Sie den aktiven Datensatz (Operational Dataset) des Netzes an, wie Ihr Border-Router ihn anzeigt.</translation>
  </message>
  <message>
   <source>Put aside</source>
   <translation>Beiseitegelegt</translation>
  </message>
  <message>
   <source>PySide6 6.12 crashes on this Python version: {versions}</source>
   <translation>PySide6 6.12 stürzt mit dieser Python-Version ab: {versions}</translation>
  </message>
  <message>
   <source>Query the device before transferring it</source>
   <translation>Gerät vor der Übertragung abfragen</translation>
  </message>
  <message>
   <source>RP1</source>
   <translation>RP1</translation>
  </message>
  <message>
   <source>RP1 device</source>
   <translation>RP1-Gerät</translation>
  </message>
  <message>
   <source>RP1 setup code of a newer version</source>
   <translation>RP1-Einrichtungscode einer neueren Version</translation>
  </message>
  <message>
   <source>RP1 transfer token</source>
   <translation>RP1-Übertragungs-Token</translation>
  </message>
  <message>
   <source>Radio fault</source>
   <translation>Fehler am Funk</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Grund</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>Record</translation>
  </message>
  <message>
   <source>Rejected by devices with a clock; a device without one can't check a date and relies on revocation lists: {limits}.</source>
   <translation>Von Geräten mit Uhr abgelehnt; ein Gerät ohne Uhr kann kein Datum prüfen und ist auf Widerrufslisten angewiesen: {limits}.</translation>
  </message>
  <message>
   <source>Rejected by devices, even offline: {limits}.</source>
   <translation>Von Geräten abgelehnt, auch offline: {limits}.</translation>
  </message>
  <message>
   <source>Rejected by the owner's endpoint, as devices can't count it: {limits}.</source>
   <translation>Vom Endpunkt des Eigentümers abgelehnt, da Geräte es nicht zählen können: {limits}.</translation>
  </message>
  <message>
   <source>Removal result unknown</source>
   <translation>Ergebnis des Entfernens unbekannt</translation>
  </message>
  <message>
   <source>Remove one of the apps that control the device, then share it again.</source>
   <translation>Entfernen Sie eine der Apps, die das Gerät steuern, und teilen Sie es dann erneut.</translation>
  </message>
  <message>
   <source>Remove the device from this computer's Bluetooth devices, then try again.</source>
   <translation>Entfernen Sie das Gerät aus den Bluetooth-Geräten dieses Computers und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Request for an operational certificate</source>
   <translation>Anforderung eines Betriebszertifikats</translation>
  </message>
  <message>
   <source>Request made for this session</source>
   <translation>Anforderung für diese Sitzung erstellt</translation>
  </message>
  <message>
   <source>Request signed with the device's key</source>
   <translation>Anforderung mit dem Schlüssel des Geräts signiert</translation>
  </message>
  <message>
   <source>Reset result unknown</source>
   <translation>Ergebnis des Zurücksetzens unbekannt</translation>
  </message>
  <message>
   <source>Reset the device to factory settings (see its manual), then try again.</source>
   <translation>Setzen Sie das Gerät auf Werkseinstellungen zurück (siehe Anleitung) und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Restart it. If it happens again, its firmware does not match its setup code.</source>
   <translation>Starten Sie es neu. Tritt der Fehler wieder auf, passt seine Firmware nicht zum Einrichtungscode.</translation>
  </message>
  <message>
   <source>Restart the board and try again.</source>
   <translation>Starten Sie das Board neu und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Restart the board and try again. Its firmware may speak another version of SMP.</source>
   <translation>Starten Sie das Board neu und versuchen Sie es noch einmal. Seine Firmware spricht vielleicht eine andere Version von SMP.</translation>
  </message>
  <message>
   <source>Restart the device and try again. If it happens again, its firmware is faulty.</source>
   <translation>Starten Sie das Gerät neu und versuchen Sie es erneut. Tritt der Fehler wieder auf, ist seine Firmware fehlerhaft.</translation>
  </message>
  <message>
   <source>Restart the device, move closer to it and try again.</source>
   <translation>Starten Sie das Gerät neu, gehen Sie näher heran und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Restart the device, then try again.</source>
   <translation>Starten Sie das Gerät neu und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Restart the device, then try again. If it happens again, reset it.</source>
   <translation>Starten Sie das Gerät neu und versuchen Sie es erneut. Geschieht es wieder, setzen Sie es zurück.</translation>
  </message>
  <message>
   <source>Restore a backup of registry.db, or move the file away to start a new one.</source>
   <translation>Stellen Sie eine Sicherung von registry.db wieder her, oder verschieben Sie die Datei, um neu zu beginnen.</translation>
  </message>
  <message>
   <source>Restore into an empty data folder, or move {file} away if no device depends on it.</source>
   <translation>Stellen Sie in einem leeren Datenordner wieder her, oder verschieben Sie {file}, wenn kein Gerät davon abhängt.</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>Revocation list expired; brokers reject every device</source>
   <translation>Widerrufsliste abgelaufen; Broker lehnen jedes Gerät ab</translation>
  </message>
  <message>
   <source>Revocation list expires on {until}; brokers then reject every device</source>
   <translation>Widerrufsliste läuft am {until} ab; danach lehnen Broker jedes Gerät ab</translation>
  </message>
  <message>
   <source>Revocation list full</source>
   <translation>Widerrufsliste voll</translation>
  </message>
  <message>
   <source>Revocation list missing: {file}</source>
   <translation>Widerrufsliste fehlt: {file}</translation>
  </message>
  <message>
   <source>Revocation list valid until {until}</source>
   <translation>Widerrufsliste gültig bis {until}</translation>
  </message>
  <message>
   <source>Revoked, but still let in at the cloud of {profile}</source>
   <translation>Widerrufen, in der Cloud von {profile} aber noch zugelassen</translation>
  </message>
  <message>
   <source>Right of the role to register things</source>
   <translation>Recht der Rolle, Things zu registrieren</translation>
  </message>
  <message>
   <source>Role of the template</source>
   <translation>Rolle der Vorlage</translation>
  </message>
  <message>
   <source>Role {name}</source>
   <translation>Rolle {name}</translation>
  </message>
  <message>
   <source>Room: {value}</source>
   <translation>Raum: {value}</translation>
  </message>
  <message>
   <source>Root of the manufacturer</source>
   <translation>Stammzertifikat des Herstellers</translation>
  </message>
  <message>
   <source>Root valid when it signed</source>
   <translation>Stammzertifikat gültig, als es signierte</translation>
  </message>
  <message>
   <source>Run `companion cloud check` to see what, then `companion cloud setup`.</source>
   <translation>`companion cloud check` zeigt was, `companion cloud setup` hilft ab.</translation>
  </message>
  <message>
   <source>Run `companion cloud check` to see which part is missing.</source>
   <translation>`companion cloud check` zeigt, welcher Teil fehlt.</translation>
  </message>
  <message>
   <source>Run `companion doctor` to see how to start it.</source>
   <translation>Rufen Sie `companion doctor` auf, um zu sehen, wie er gestartet wird.</translation>
  </message>
  <message>
   <source>Run `companion doctor` to see what is missing and how to fix it.</source>
   <translation>`companion doctor` zeigt, was fehlt und wie Sie es beheben.</translation>
  </message>
  <message>
   <source>Run `companion trust crl`, and give your administrator the new list.</source>
   <translation>Führen Sie `companion trust crl` aus und geben Sie Ihrer Administration die neue Liste.</translation>
  </message>
  <message>
   <source>Run the command in a terminal to be asked for it, or give the setup code that contains it.</source>
   <translation>Führen Sie den Befehl in einem Terminal aus, um danach gefragt zu werden, oder geben Sie den Einrichtungscode an, der es enthält.</translation>
  </message>
  <message>
   <source>Run this command as root: only root may use {program} itself.</source>
   <translation>Führen Sie diesen Befehl als root aus: Nur root darf {program} selbst verwenden.</translation>
  </message>
  <message>
   <source>Run this, or give it to your administrator: {command}</source>
   <translation>Führen Sie das aus, oder geben Sie es Ihrer Administration: {command}</translation>
  </message>
  <message>
   <source>Runs like it from here: {runs}. Half of them took {seconds} s or less, the slowest {slowest} s.</source>
   <translation>Solche Vorgänge von hier: {runs}. Die Hälfte brauchte höchstens {seconds} s, der langsamste {slowest} s.</translation>
  </message>
  <message>
   <source>Runs that wait for the registry's server: {waiting}</source>
   <translation>Läufe, die auf den Server der Registry warten: {waiting}</translation>
  </message>
  <message>
   <source>Save it with `companion voucher keep FILE`, or name its file.</source>
   <translation>Speichern Sie ihn mit `companion voucher keep DATEI`, oder nennen Sie seine Datei.</translation>
  </message>
  <message>
   <source>Save the image as JPEG or PNG, for example by sharing it from the phone as JPEG.</source>
   <translation>Speichern Sie das Bild als JPEG oder PNG, zum Beispiel indem Sie es vom Telefon als JPEG teilen.</translation>
  </message>
  <message>
   <source>Say for which model or protocol it is, and which version, sequence number or fix it asks for.</source>
   <translation>Nennen Sie Modell oder Protokoll und die Version, Sequenznummer oder Fehlerbehebung, die die Regel verlangt.</translation>
  </message>
  <message>
   <source>Scan one code, or type 11 digits.</source>
   <translation>Einen Code scannen oder 11 Ziffern eingeben.</translation>
  </message>
  <message>
   <source>Scan one code, or type the secret.</source>
   <translation>Einen Code scannen oder das Geheimnis eingeben.</translation>
  </message>
  <message>
   <source>Scan one code.</source>
   <translation>Einen Code scannen.</translation>
  </message>
  <message>
   <source>Scan the label again, or enter the code printed below it.</source>
   <translation>Scannen Sie das Etikett erneut, oder geben Sie den darunter gedruckten Code ein.</translation>
  </message>
  <message>
   <source>Searching for a node of {network}</source>
   <translation>Ein Knoten von {network} wird gesucht</translation>
  </message>
  <message>
   <source>Searching for the device on the network</source>
   <translation>Das Gerät wird im Netz gesucht</translation>
  </message>
  <message>
   <source>Searching for the matching device</source>
   <translation>Passendes Gerät wird gesucht</translation>
  </message>
  <message>
   <source>Searching for {name}</source>
   <translation>{name} wird gesucht</translation>
  </message>
  <message>
   <source>Seconds: {seconds}. Questions asked: {questions}. Links lost: {losses}.</source>
   <translation>Sekunden: {seconds}. Gestellte Fragen: {questions}. Verlorene Verbindungen: {losses}.</translation>
  </message>
  <message>
   <source>Secret on the label</source>
   <translation>Geheimnis auf dem Etikett</translation>
  </message>
  <message>
   <source>Secret on this screen</source>
   <translation>Geheimnis auf diesem Bildschirm</translation>
  </message>
  <message>
   <source>Secret sent by sound</source>
   <translation>Geheimnis durch Ton gesendet</translation>
  </message>
  <message>
   <source>Secret shown by a light</source>
   <translation>Geheimnis durch ein Licht</translation>
  </message>
  <message>
   <source>Secure session established</source>
   <translation>Sichere Sitzung aufgebaut</translation>
  </message>
  <message>
   <source>Security</source>
   <translation>Sicherheit</translation>
  </message>
  <message>
   <source>Security 0 (open)</source>
   <translation>Security 0 (offen)</translation>
  </message>
  <message>
   <source>Security 1 (secret)</source>
   <translation>Security 1 (Geheimnis)</translation>
  </message>
  <message>
   <source>Security 1 does not protect against tampering</source>
   <translation>Security 1 schützt nicht vor Manipulation</translation>
  </message>
  <message>
   <source>Security 2 (SRP6a)</source>
   <translation>Security 2 (SRP6a)</translation>
  </message>
  <message>
   <source>Security 2 required</source>
   <translation>Security 2 verlangt</translation>
  </message>
  <message>
   <source>See what is wrong with it: `companion firmware explain FILE`.</source>
   <translation>Was daran falsch ist, zeigt `companion firmware explain FILE`.</translation>
  </message>
  <message>
   <source>See your rules with `companion firmware rule list`.</source>
   <translation>Ihre Regeln zeigt `companion firmware rule list`.</translation>
  </message>
  <message>
   <source>Segment and type</source>
   <translation>Segment und Art</translation>
  </message>
  <message>
   <source>Sending the details of {network}</source>
   <translation>Daten für {network} werden gesendet</translation>
  </message>
  <message>
   <source>Sending the keys of {network}</source>
   <translation>Die Schlüssel von {network} werden gesendet</translation>
  </message>
  <message>
   <source>Sensor fault</source>
   <translation>Fehler am Sensor</translation>
  </message>
  <message>
   <source>Serial number</source>
   <translation>Seriennummer</translation>
  </message>
  <message>
   <source>Serial number already in use</source>
   <translation>Seriennummer bereits vergeben</translation>
  </message>
  <message>
   <source>Serial number {serial} is not on the delivery list.</source>
   <translation>Seriennummer {serial} steht nicht auf der Lieferliste.</translation>
  </message>
  <message>
   <source>Serial number {serial} was onboarded twice, with two different keys.</source>
   <translation>Seriennummer {serial} wurde zweimal eingerichtet, mit zwei verschiedenen Schlüsseln.</translation>
  </message>
  <message>
   <source>Serial number {serial}, identity key {mark}</source>
   <translation>Seriennummer {serial}, Identitätsschlüssel {mark}</translation>
  </message>
  <message>
   <source>Session established</source>
   <translation>Sitzung aufgebaut</translation>
  </message>
  <message>
   <source>Set a mesh device up, or import a network with `companion mesh import FILE`.</source>
   <translation>Richten Sie ein Mesh-Gerät ein, oder importieren Sie ein Netz mit `companion mesh import FILE`.</translation>
  </message>
  <message>
   <source>Set the date and time, then try again.</source>
   <translation>Stellen Sie Datum und Uhrzeit, und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Set up at: {value}</source>
   <translation>Eingerichtet an: {value}</translation>
  </message>
  <message>
   <source>Set up with Companion</source>
   <translation>Mit Companion eingerichtet</translation>
  </message>
  <message>
   <source>Set up without an endpoint</source>
   <translation>Ohne Endpunkt eingerichtet</translation>
  </message>
  <message>
   <source>Settings → Bluetooth &amp; devices → Bluetooth: on</source>
   <translation>Einstellungen → Bluetooth und Geräte → Bluetooth: ein</translation>
  </message>
  <message>
   <source>Settings → Privacy &amp; security → Camera: on, including desktop apps</source>
   <translation>Einstellungen → Datenschutz und Sicherheit → Kamera: ein, auch für Desktop-Apps</translation>
  </message>
  <message>
   <source>Settings → Privacy &amp; security → Microphone: on, including desktop apps</source>
   <translation>Einstellungen → Datenschutz und Sicherheit → Mikrofon: ein, auch für Desktop-Apps</translation>
  </message>
  <message>
   <source>Settings → Privacy &amp; security → Radios: on, including desktop apps</source>
   <translation>Einstellungen → Datenschutz und Sicherheit → Funkempfang: ein, auch für Desktop-Apps</translation>
  </message>
  <message>
   <source>Settings → System → Storage</source>
   <translation>Einstellungen → System → Speicher</translation>
  </message>
  <message>
   <source>Settings → Time &amp; language → Date &amp; time: set automatically</source>
   <translation>Einstellungen → Zeit und Sprache → Datum und Uhrzeit: automatisch</translation>
  </message>
  <message>
   <source>Setup code</source>
   <translation>Einrichtungscode</translation>
  </message>
  <message>
   <source>Setup code + attestation</source>
   <translation>Einrichtungscode + Attest</translation>
  </message>
  <message>
   <source>Setup code + certificate</source>
   <translation>Einrichtungscode + Zertifikat</translation>
  </message>
  <message>
   <source>Setup code on the label</source>
   <translation>Einrichtungscode auf dem Etikett</translation>
  </message>
  <message>
   <source>Setup result unknown</source>
   <translation>Ergebnis der Einrichtung unbekannt</translation>
  </message>
  <message>
   <source>Setup secret</source>
   <translation>Einrichtungsgeheimnis</translation>
  </message>
  <message>
   <source>Setup was cancelled on the device</source>
   <translation>Die Einrichtung wurde am Gerät abgebrochen</translation>
  </message>
  <message>
   <source>Several NFC tags at once</source>
   <translation>Mehrere NFC-Tags gleichzeitig</translation>
  </message>
  <message>
   <source>Several devices are in range</source>
   <translation>Mehrere Geräte sind in Reichweite</translation>
  </message>
  <message>
   <source>Several devices send a secret by sound</source>
   <translation>Mehrere Geräte senden ein Geheimnis als Ton</translation>
  </message>
  <message>
   <source>Several setup codes in the image</source>
   <translation>Mehrere Einrichtungscodes im Bild</translation>
  </message>
  <message>
   <source>Severed part: {part}</source>
   <translation>Ausgelagerter Teil: {part}</translation>
  </message>
  <message>
   <source>Shared factory key</source>
   <translation>Gemeinsamer Werksschlüssel</translation>
  </message>
  <message>
   <source>Sign in with `{command}`, then try again. Companion stores no credentials.</source>
   <translation>Melden Sie sich mit `{command}` an, und versuchen Sie es erneut. Companion speichert keine Zugangsdaten.</translation>
  </message>
  <message>
   <source>Sign-in with a passkey</source>
   <translation>Anmeldung mit Passkey</translation>
  </message>
  <message>
   <source>Signature</source>
   <translation>Signatur</translation>
  </message>
  <message>
   <source>Signature by the key beside it</source>
   <translation>Signatur des beiliegenden Schlüssels</translation>
  </message>
  <message>
   <source>Signature of the declaration</source>
   <translation>Signatur der Erklärung</translation>
  </message>
  <message>
   <source>Signed at {time} by a key that calls itself {name}, which you have not named</source>
   <translation>Um {time} signiert mit einem Schlüssel, der sich {name} nennt und den Sie nicht genannt haben</translation>
  </message>
  <message>
   <source>SmartThings device</source>
   <translation>SmartThings-Gerät</translation>
  </message>
  <message>
   <source>Sold in shops; the apps of Apple, Google and others speak it.</source>
   <translation>Im Handel; die Apps von Apple, Google und anderen sprechen es.</translation>
  </message>
  <message>
   <source>Some nodes may have new keys already; the old ones stay valid. Refresh again to go on from there.</source>
   <translation>Einige Knoten können schon neue Schlüssel haben; die alten bleiben gültig. Erneuern Sie noch einmal, um dort weiterzumachen.</translation>
  </message>
  <message>
   <source>Some of these devices need more than power before they can be set up. Follow the instructions of each.</source>
   <translation>Manche dieser Geräte brauchen mehr als Strom, bevor sie eingerichtet werden können. Folgen Sie der Anleitung zu jedem Gerät.</translation>
  </message>
  <message>
   <source>Someone asks to act for you. Run `companion grant issue` with this file or picture, and choose what they may do.</source>
   <translation>Jemand möchte für Sie handeln. Führen Sie `companion grant issue` mit dieser Datei oder diesem Bild aus und wählen Sie, was erlaubt ist.</translation>
  </message>
  <message>
   <source>Someone else is setting up the device</source>
   <translation>Das Gerät wird gerade von jemand anderem eingerichtet</translation>
  </message>
  <message>
   <source>Someone else may have the device or its key. A new certificate gives it access again.</source>
   <translation>Jemand anderes hat möglicherweise das Gerät oder seinen Schlüssel. Ein neues Zertifikat gibt ihm wieder Zugang.</translation>
  </message>
  <message>
   <source>Someone else may know the device's secret</source>
   <translation>Jemand anderes kennt vielleicht das Geheimnis des Geräts</translation>
  </message>
  <message>
   <source>Someone has to be at each device, one after the other.</source>
   <translation>Jemand muss bei jedem Gerät sein, einem nach dem anderen.</translation>
  </message>
  <message>
   <source>Someone has to enter a number on each device.</source>
   <translation>Jemand muss an jedem Gerät eine Zahl eingeben.</translation>
  </message>
  <message>
   <source>Someone has to read each device.</source>
   <translation>Jemand muss jedes Gerät ablesen.</translation>
  </message>
  <message>
   <source>Someone in between can change messages unnoticed, or try short secrets until one fits.</source>
   <translation>Wer dazwischen ist, kann Nachrichten unbemerkt ändern oder kurze Geheimnisse durchprobieren.</translation>
  </message>
  <message>
   <source>Someone in between would need the key or the secret that both ends proved.</source>
   <translation>Wer dazwischen ist, bräuchte den Schlüssel oder das Geheimnis, das beide Seiten bewiesen haben.</translation>
  </message>
  <message>
   <source>Someone may be guessing secrets, or labels were mixed up.</source>
   <translation>Vielleicht errät jemand Geheimnisse, oder Etiketten wurden vertauscht.</translation>
  </message>
  <message>
   <source>Someone may be intercepting the connection, or you read another device's number. Try again and check the display of this device.</source>
   <translation>Möglicherweise fängt jemand die Verbindung ab, oder die Zahl stammt von einem anderen Gerät. Versuchen Sie es erneut und prüfen Sie die Anzeige dieses Geräts.</translation>
  </message>
  <message>
   <source>Someone may be tampering with the connection. Try again in another place.</source>
   <translation>Möglicherweise manipuliert jemand die Verbindung. Versuchen Sie es an einem anderen Ort erneut.</translation>
  </message>
  <message>
   <source>Someone replayed it. Each request is for a single use.</source>
   <translation>Jemand hat sie noch einmal verwendet. Jede Anforderung ist für eine einzige Verwendung bestimmt.</translation>
  </message>
  <message>
   <source>Someone who records the traffic can learn parts of the messages by comparing them. Firmware built with ESP-IDF 5.5 or later fixes this.</source>
   <translation>Wer den Funkverkehr aufzeichnet, kann durch Vergleich Teile der Nachrichten ermitteln. Firmware ab ESP-IDF 5.5 behebt das.</translation>
  </message>
  <message>
   <source>Something is missing at {cloud}</source>
   <translation>Bei {cloud} fehlt etwas</translation>
  </message>
  <message>
   <source>Sound output fault</source>
   <translation>Fehler an der Tonausgabe</translation>
  </message>
  <message>
   <source>Sound settings → Input: unmute the microphone</source>
   <translation>Klangeinstellungen → Eingabe: Stummschaltung des Mikrofons aufheben</translation>
  </message>
  <message>
   <source>Start a new one with --journal.</source>
   <translation>Beginnen Sie mit --journal ein neues.</translation>
  </message>
  <message>
   <source>Start again when you are ready.</source>
   <translation>Beginnen Sie neu, wenn Sie bereit sind.</translation>
  </message>
  <message>
   <source>Start setup mode in the app that already controls the device.</source>
   <translation>Starten Sie den Einrichtungsmodus in der App, die das Gerät schon steuert.</translation>
  </message>
  <message>
   <source>Start the controller or the virtual air again, then try again.</source>
   <translation>Starten Sie den Controller oder den virtuellen Funk neu und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Start what should be there. A virtual air is `companion virtual air --port {port}`.</source>
   <translation>Starten Sie, was dort sein soll. Virtuellen Funk startet `companion virtual air --port {port}`.</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Statement made for this session</source>
   <translation>Aussage für diese Sitzung erstellt</translation>
  </message>
  <message>
   <source>Statement signed with the device's key</source>
   <translation>Aussage mit dem Schlüssel des Geräts signiert</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Stop it first, or give this one a journal of its own with --journal.</source>
   <translation>Beenden Sie die andere zuerst, oder geben Sie dieser mit --journal ein eigenes.</translation>
  </message>
  <message>
   <source>Storage fault</source>
   <translation>Fehler am Speicher</translation>
  </message>
  <message>
   <source>Store it with `companion trust psk ID FILE`, then select it with --psk-id.</source>
   <translation>Speichern Sie ihn mit `companion trust psk ID FILE` und wählen Sie ihn mit --psk-id aus.</translation>
  </message>
  <message>
   <source>Store this device's own key with `companion trust psk`, then try again.</source>
   <translation>Speichern Sie den Schlüssel dieses Geräts mit `companion trust psk` und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Strings</source>
   <translation>Zeichenketten</translation>
  </message>
  <message>
   <source>Strong</source>
   <translation>Stark</translation>
  </message>
  <message>
   <source>Suite</source>
   <translation>Suite</translation>
  </message>
  <message>
   <source>Suites</source>
   <translation>Suiten</translation>
  </message>
  <message>
   <source>Supports ESP-IDF provisioning</source>
   <translation>Unterstützt ESP-IDF-Provisioning</translation>
  </message>
  <message>
   <source>Supports ESP-IDF provisioning {version}</source>
   <translation>Unterstützt ESP-IDF-Provisioning {version}</translation>
  </message>
  <message>
   <source>Switch it on, raise its level, and let Companion use it in the system's privacy settings. Then start the device's sound again.</source>
   <translation>Schalten Sie es ein, stellen Sie es lauter und erlauben Sie es Companion in den Datenschutzeinstellungen des Systems. Starten Sie dann den Ton des Geräts noch einmal.</translation>
  </message>
  <message>
   <source>Switch the device off and on several times until it shows that it is in setup mode.</source>
   <translation>Schalten Sie das Gerät mehrmals aus und ein, bis es den Einrichtungsmodus anzeigt.</translation>
  </message>
  <message>
   <source>Switch the device off and on, or unplug it and plug it in again. It is then in setup mode.</source>
   <translation>Schalten Sie das Gerät aus und ein, oder ziehen Sie seinen Stecker und stecken Sie ihn wieder ein. Danach ist es im Einrichtungsmodus.</translation>
  </message>
  <message>
   <source>System Settings → Bluetooth: on</source>
   <translation>Systemeinstellungen → Bluetooth: ein</translation>
  </message>
  <message>
   <source>System Settings → General → Date &amp; Time: set automatically</source>
   <translation>Systemeinstellungen → Allgemein → Datum &amp; Uhrzeit: automatisch</translation>
  </message>
  <message>
   <source>System Settings → General → Storage</source>
   <translation>Systemeinstellungen → Allgemein → Speicher</translation>
  </message>
  <message>
   <source>System Settings → Privacy &amp; Security → Bluetooth: allow Companion or your terminal</source>
   <translation>Systemeinstellungen → Datenschutz &amp; Sicherheit → Bluetooth: Companion oder Ihr Terminal erlauben</translation>
  </message>
  <message>
   <source>System Settings → Privacy &amp; Security → Camera: allow Companion or your terminal</source>
   <translation>Systemeinstellungen → Datenschutz &amp; Sicherheit → Kamera: Companion oder Ihr Terminal erlauben</translation>
  </message>
  <message>
   <source>System Settings → Privacy &amp; Security → Microphone: allow Companion or your terminal</source>
   <translation>Systemeinstellungen → Datenschutz &amp; Sicherheit → Mikrofon: Companion oder Ihr Terminal erlauben</translation>
  </message>
  <message>
   <source>System bus available</source>
   <translation>Systembus verfügbar</translation>
  </message>
  <message>
   <source>System fonts</source>
   <translation>Systemschriften</translation>
  </message>
  <message>
   <source>TCAT devices accept only commissioners that their manufacturer certified. Save such a certificate with `companion commissioner use FILE`.</source>
   <translation>TCAT-Geräte nehmen nur Commissioner an, die ihr Hersteller zertifiziert hat. Speichern Sie ein solches Zertifikat mit `companion commissioner use FILE`.</translation>
  </message>
  <message>
   <source>TLS 1.2 with one cipher suite: no choice to attack.</source>
   <translation>TLS 1.2 mit einer Cipher-Suite: keine Wahl, die sich angreifen ließe.</translation>
  </message>
  <message>
   <source>Take the picture from closer, straight on and without glare, or enter the code.</source>
   <translation>Fotografieren Sie aus der Nähe, gerade und ohne Spiegelung, oder geben Sie den Code ein.</translation>
  </message>
  <message>
   <source>Tampering detected</source>
   <translation>Manipulation erkannt</translation>
  </message>
  <message>
   <source>Template</source>
   <translation>Vorlage</translation>
  </message>
  <message>
   <source>Template {name}</source>
   <translation>Vorlage {name}</translation>
  </message>
  <message>
   <source>That device can read everything. For all others it is encrypted, and changes are detected.</source>
   <translation>Dieses Gerät kann alles lesen. Für alle anderen ist es verschlüsselt, und Änderungen werden erkannt.</translation>
  </message>
  <message>
   <source>That was not the right device, searching for another one</source>
   <translation>Das war nicht das richtige Gerät, ein anderes wird gesucht</translation>
  </message>
  <message>
   <source>The Bluetooth adapter was disconnected, waiting for it</source>
   <translation>Der Bluetooth-Adapter wurde getrennt, Companion wartet</translation>
  </message>
  <message>
   <source>The Bluetooth service does not answer</source>
   <translation>Der Bluetooth-Dienst antwortet nicht</translation>
  </message>
  <message>
   <source>The Bluetooth service does not answer, waiting for it</source>
   <translation>Der Bluetooth-Dienst antwortet nicht, Companion wartet</translation>
  </message>
  <message>
   <source>The CA in this folder is damaged or encrypted.</source>
   <translation>Die CA in diesem Ordner ist beschädigt oder verschlüsselt.</translation>
  </message>
  <message>
   <source>The FDO server {server} can't be reached, or not securely</source>
   <translation>Der FDO-Server {server} ist nicht oder nicht sicher erreichbar</translation>
  </message>
  <message>
   <source>The FDO server {server} rejected the request (HTTP {status})</source>
   <translation>Der FDO-Server {server} hat die Anfrage abgelehnt (HTTP {status})</translation>
  </message>
  <message>
   <source>The FDO server {server} sent an unusable answer</source>
   <translation>Der FDO-Server {server} hat eine unbrauchbare Antwort geschickt</translation>
  </message>
  <message>
   <source>The NFC tag could not be locked</source>
   <translation>Das NFC-Tag ließ sich nicht sperren</translation>
  </message>
  <message>
   <source>The NFC tag does not contain what was written</source>
   <translation>Das NFC-Tag enthält nicht, was geschrieben wurde</translation>
  </message>
  <message>
   <source>The NFC tag is damaged</source>
   <translation>Das NFC-Tag ist beschädigt</translation>
  </message>
  <message>
   <source>The NFC tag is write-protected</source>
   <translation>Das NFC-Tag ist schreibgeschützt</translation>
  </message>
  <message>
   <source>The NFC tag was removed too early</source>
   <translation>Das NFC-Tag wurde zu früh entfernt</translation>
  </message>
  <message>
   <source>The PAN ID in the dataset is damaged.</source>
   <translation>Die PAN-ID im Datensatz ist beschädigt.</translation>
  </message>
  <message>
   <source>The PSKc in the dataset does not have 16 bytes.</source>
   <translation>Der PSKc im Datensatz hat nicht 16 Byte.</translation>
  </message>
  <message>
   <source>The TPM does not open your key file</source>
   <translation>Das TPM öffnet Ihre Schlüsseldatei nicht</translation>
  </message>
  <message>
   <source>The TPM {tpm} can't be used</source>
   <translation>Das TPM {tpm} lässt sich nicht verwenden</translation>
  </message>
  <message>
   <source>The Wi-Fi password is sent unencrypted. Anyone in range can read it.</source>
   <translation>Das WLAN-Passwort wird unverschlüsselt gesendet. Jede Person in Reichweite kann es lesen.</translation>
  </message>
  <message>
   <source>The Wi-Fi password will be sent unencrypted. Anyone in range can read it.</source>
   <translation>Das WLAN-Passwort wird unverschlüsselt gesendet. Jede Person in Reichweite kann es lesen.</translation>
  </message>
  <message>
   <source>The active timestamp in the dataset is damaged.</source>
   <translation>Der aktive Zeitstempel im Datensatz ist beschädigt.</translation>
  </message>
  <message>
   <source>The board can't use this image</source>
   <translation>Das Board kann dieses Image nicht verwenden</translation>
  </message>
  <message>
   <source>The board keeps its firmware. Build a smaller image, or one for a board with more flash.</source>
   <translation>Das Board behält seine Firmware. Bauen Sie ein kleineres Image oder nehmen Sie ein Board mit mehr Flash.</translation>
  </message>
  <message>
   <source>The board keeps its firmware. Try again; if it happens again, its flash may be damaged.</source>
   <translation>Das Board behält seine Firmware. Versuchen Sie es noch einmal; geschieht es wieder, ist sein Flash vielleicht defekt.</translation>
  </message>
  <message>
   <source>The board received another image than was sent</source>
   <translation>Das Board hat ein anderes Image erhalten als gesendet</translation>
  </message>
  <message>
   <source>The board rejected the update</source>
   <translation>Das Board hat das Update abgelehnt</translation>
  </message>
  <message>
   <source>The board runs a newer firmware</source>
   <translation>Auf dem Board läuft eine neuere Firmware</translation>
  </message>
  <message>
   <source>The board went back to firmware {version}</source>
   <translation>Das Board ist zu Firmware {version} zurückgekehrt</translation>
  </message>
  <message>
   <source>The board's answers can't be read</source>
   <translation>Die Antworten des Boards sind nicht lesbar</translation>
  </message>
  <message>
   <source>The certificate expired on {day}</source>
   <translation>Das Zertifikat ist am {day} abgelaufen</translation>
  </message>
  <message>
   <source>The certificate has no policy {policy}: it can connect and do nothing</source>
   <translation>Das Zertifikat hat keine Policy {policy}: Das Gerät kann sich verbinden und sonst nichts</translation>
  </message>
  <message>
   <source>The certificate is attached to no thing {name}</source>
   <translation>Das Zertifikat ist mit keinem Thing {name} verbunden</translation>
  </message>
  <message>
   <source>The certificate names this device and this owner</source>
   <translation>Das Zertifikat nennt dieses Gerät und diesen Eigentümer</translation>
  </message>
  <message>
   <source>The certificate of the CA is missing.</source>
   <translation>Das Zertifikat der CA fehlt.</translation>
  </message>
  <message>
   <source>The certificate of {ssid}'s login server is not from the CA that you chose</source>
   <translation>Das Zertifikat des Anmeldeservers von {ssid} ist nicht von der gewählten CA</translation>
  </message>
  <message>
   <source>The certificate of {ssid}'s login server is not valid now</source>
   <translation>Das Zertifikat des Anmeldeservers von {ssid} gilt jetzt nicht</translation>
  </message>
  <message>
   <source>The certificate server {server} can't be reached securely</source>
   <translation>Der Zertifikatsserver {server} ist nicht sicher erreichbar</translation>
  </message>
  <message>
   <source>The certificate server {server} rejected the request (HTTP {status})</source>
   <translation>Der Zertifikatsserver {server} hat abgelehnt (HTTP {status})</translation>
  </message>
  <message>
   <source>The certificate server {server} sent an unusable answer</source>
   <translation>Der Zertifikatsserver {server} hat eine unbrauchbare Antwort gesendet</translation>
  </message>
  <message>
   <source>The certificate server {server} waits for an approval</source>
   <translation>Der Zertifikatsserver {server} wartet auf eine Freigabe</translation>
  </message>
  <message>
   <source>The certificates of {name} were revoked: {reason}</source>
   <translation>Die Zertifikate von {name} wurden widerrufen: {reason}</translation>
  </message>
  <message>
   <source>The certification is not final yet.</source>
   <translation>Die Zertifizierung ist noch nicht endgültig.</translation>
  </message>
  <message>
   <source>The change was sent, but the device has not been reachable since.</source>
   <translation>Die Änderung wurde gesendet, das Gerät war seitdem aber nicht erreichbar.</translation>
  </message>
  <message>
   <source>The channel in the dataset is damaged.</source>
   <translation>Der Kanal im Datensatz ist beschädigt.</translation>
  </message>
  <message>
   <source>The channel is not in the channel mask.</source>
   <translation>Der Kanal ist nicht in der Kanalmaske.</translation>
  </message>
  <message>
   <source>The channel mask in the dataset is damaged.</source>
   <translation>Die Kanalmaske im Datensatz ist beschädigt.</translation>
  </message>
  <message>
   <source>The check digit does not match: a character is wrong, or two are swapped.</source>
   <translation>Die Prüfziffer stimmt nicht: Ein Zeichen ist falsch, oder zwei sind vertauscht.</translation>
  </message>
  <message>
   <source>The checkpoint has a signature whose key is not in the file</source>
   <translation>Der Checkpoint trägt eine Signatur, deren Schlüssel nicht in der Datei ist</translation>
  </message>
  <message>
   <source>The chosen Bluetooth adapter is missing</source>
   <translation>Der gewählte Bluetooth-Adapter fehlt</translation>
  </message>
  <message>
   <source>The claim expired before the device could use it</source>
   <translation>Der Claim ist abgelaufen, bevor das Gerät ihn nutzen konnte</translation>
  </message>
  <message>
   <source>The clock is wrong: {when}</source>
   <translation>Die Uhr geht falsch: {when}</translation>
  </message>
  <message>
   <source>The cloud can't use “{id}” as a name</source>
   <translation>Die Cloud kann „{id}“ nicht als Namen verwenden</translation>
  </message>
  <message>
   <source>The cloud rejected the request</source>
   <translation>Die Cloud hat die Anfrage abgelehnt</translation>
  </message>
  <message>
   <source>The code does not fit in {size} mm</source>
   <translation>Der Code passt nicht auf {size} mm</translation>
  </message>
  <message>
   <source>The code is too long.</source>
   <translation>Der Code ist zu lang.</translation>
  </message>
  <message>
   <source>The code no longer works</source>
   <translation>Der Code gilt nicht mehr</translation>
  </message>
  <message>
   <source>The command can't be run as it was given</source>
   <translation>Der Befehl kann so nicht ausgeführt werden</translation>
  </message>
  <message>
   <source>The comparison authenticates the device showing the number. It does not prove its manufacturer.</source>
   <translation>Der Vergleich authentifiziert das Gerät, das die Zahl anzeigt. Den Hersteller weist er nicht nach.</translation>
  </message>
  <message>
   <source>The comparison timed out</source>
   <translation>Zeit für den Vergleich abgelaufen</translation>
  </message>
  <message>
   <source>The computer's clock was set back by {minutes} minutes, from {before} to {now}.</source>
   <translation>Die Uhr des Computers wurde um {minutes} Minuten zurückgestellt, von {before} auf {now}.</translation>
  </message>
  <message>
   <source>The connection was lost while the device received its keys</source>
   <translation>Die Verbindung ging verloren, während das Gerät seine Schlüssel erhielt</translation>
  </message>
  <message>
   <source>The connection was lost while the device was joining</source>
   <translation>Die Verbindung brach ab, während das Gerät beitrat</translation>
  </message>
  <message>
   <source>The dataset ends in the middle of an entry. Copy all of it.</source>
   <translation>Der Datensatz endet mitten in einem Eintrag. Kopieren Sie ihn vollständig.</translation>
  </message>
  <message>
   <source>The dataset has more than 254 bytes.</source>
   <translation>Der Datensatz hat mehr als 254 Byte.</translation>
  </message>
  <message>
   <source>The dataset has no PAN ID, so no device can join with it.</source>
   <translation>Dem Datensatz fehlt die PAN-ID, daher kann damit kein Gerät beitreten.</translation>
  </message>
  <message>
   <source>The dataset has no channel, so no device can join with it.</source>
   <translation>Dem Datensatz fehlt der Kanal, daher kann damit kein Gerät beitreten.</translation>
  </message>
  <message>
   <source>The dataset has no extended PAN ID, so no device can join with it.</source>
   <translation>Dem Datensatz fehlt die erweiterte PAN-ID, daher kann damit kein Gerät beitreten.</translation>
  </message>
  <message>
   <source>The dataset has no network key, so no device can join with it.</source>
   <translation>Dem Datensatz fehlt der Netzschlüssel, daher kann damit kein Gerät beitreten.</translation>
  </message>
  <message>
   <source>The dataset has no network name, so no device can join with it.</source>
   <translation>Dem Datensatz fehlt der Netzname, daher kann damit kein Gerät beitreten.</translation>
  </message>
  <message>
   <source>The dataset has the entry {type} twice.</source>
   <translation>Der Datensatz hat den Eintrag {type} zweimal.</translation>
  </message>
  <message>
   <source>The dataset is empty.</source>
   <translation>Der Datensatz ist leer.</translation>
  </message>
  <message>
   <source>The dataset's PAN ID is FFFF, which no network has.</source>
   <translation>Die PAN-ID des Datensatzes ist FFFF, die kein Netz hat.</translation>
  </message>
  <message>
   <source>The dataset's channel is {channel}. Thread uses 11 to 26.</source>
   <translation>Der Kanal des Datensatzes ist {channel}. Thread verwendet 11 bis 26.</translation>
  </message>
  <message>
   <source>The dataset's timestamp can't be raised any more.</source>
   <translation>Der Zeitstempel des Datensatzes lässt sich nicht mehr erhöhen.</translation>
  </message>
  <message>
   <source>The delay timer in the dataset is damaged.</source>
   <translation>Die Verzögerung im Datensatz ist beschädigt.</translation>
  </message>
  <message>
   <source>The delegate counted it and did not send it. Ask for a complete report.</source>
   <translation>Die bevollmächtigte Person hat ihn gezählt und nicht gesendet. Verlangen Sie einen vollständigen Bericht.</translation>
  </message>
  <message>
   <source>The delegate signed two different reports in the place of the one on device {serial}.</source>
   <translation>An der Stelle des Berichts über das Gerät {serial} wurden zwei verschiedene signiert.</translation>
  </message>
  <message>
   <source>The delegate's log was rewritten</source>
   <translation>Das Log des Bevollmächtigten wurde umgeschrieben</translation>
  </message>
  <message>
   <source>The detail says why. --help of the command lists what it takes.</source>
   <translation>Die Einzelheit nennt den Grund. --help des Befehls zeigt, was er annimmt.</translation>
  </message>
  <message>
   <source>The device accepted credentials, but did not confirm that it uses them.</source>
   <translation>Das Gerät hat Zugangsdaten angenommen, aber ihre Verwendung nicht bestätigt.</translation>
  </message>
  <message>
   <source>The device accepted its new certificate</source>
   <translation>Das Gerät hat sein neues Zertifikat angenommen</translation>
  </message>
  <message>
   <source>The device accepts the secret on its label</source>
   <translation>Das Gerät nimmt das Geheimnis auf seinem Etikett an</translation>
  </message>
  <message>
   <source>The device already has an owner</source>
   <translation>Das Gerät hat bereits einen Eigentümer</translation>
  </message>
  <message>
   <source>The device announces its scheme unprotected. Less than the setup code names is rejected.</source>
   <translation>Das Gerät meldet sein Verfahren ungeschützt. Weniger, als der Einrichtungscode nennt, wird abgelehnt.</translation>
  </message>
  <message>
   <source>The device announces itself and does not answer. Allow UDP over IPv6 in this computer's firewall.</source>
   <translation>Das Gerät meldet sich im Netz, antwortet aber nicht. Erlauben Sie UDP über IPv6 in der Firewall dieses Computers.</translation>
  </message>
  <message>
   <source>The device answers</source>
   <translation>Das Gerät antwortet</translation>
  </message>
  <message>
   <source>The device answers with its new certificate</source>
   <translation>Das Gerät antwortet mit seinem neuen Zertifikat</translation>
  </message>
  <message>
   <source>The device can't be set up with it. Follow its manufacturer's instructions to get one that can.</source>
   <translation>Damit kann das Gerät nicht eingerichtet werden. Folgen Sie der Anleitung des Herstellers, um einen passenden Code zu erhalten.</translation>
  </message>
  <message>
   <source>The device can't do this</source>
   <translation>Das kann das Gerät nicht</translation>
  </message>
  <message>
   <source>The device can't find the network {ssid}</source>
   <translation>Das Gerät findet das Netz {ssid} nicht</translation>
  </message>
  <message>
   <source>The device can't prove which one it is</source>
   <translation>Das Gerät kann nicht nachweisen, welches es ist</translation>
  </message>
  <message>
   <source>The device can't show that. Look again.</source>
   <translation>Das kann das Gerät nicht anzeigen. Sehen Sie noch einmal nach.</translation>
  </message>
  <message>
   <source>The device can't use this dataset.</source>
   <translation>Das Gerät kann diesen Datensatz nicht verwenden.</translation>
  </message>
  <message>
   <source>The device confirmed its credentials</source>
   <translation>Das Gerät hat die Zugangsdaten bestätigt</translation>
  </message>
  <message>
   <source>The device connected to its endpoint with its new certificate.</source>
   <translation>Das Gerät hat sich mit seinem neuen Zertifikat an seinem Endpunkt angemeldet.</translation>
  </message>
  <message>
   <source>The device connects to {endpoint}. Rotate its credentials to change that.</source>
   <translation>Das Gerät verbindet sich mit {endpoint}. Erneuern Sie seine Zugangsdaten, um das zu ändern.</translation>
  </message>
  <message>
   <source>The device could not join the Thread network</source>
   <translation>Das Gerät konnte dem Thread-Netz nicht beitreten</translation>
  </message>
  <message>
   <source>The device could not join {ssid}</source>
   <translation>Das Gerät konnte {ssid} nicht beitreten</translation>
  </message>
  <message>
   <source>The device could not prove that it is yours</source>
   <translation>Das Gerät konnte nicht nachweisen, dass es Ihres ist</translation>
  </message>
  <message>
   <source>The device could not reach {endpoint}</source>
   <translation>Das Gerät konnte {endpoint} nicht erreichen</translation>
  </message>
  <message>
   <source>The device could not resolve {endpoint}</source>
   <translation>Das Gerät konnte {endpoint} nicht auflösen</translation>
  </message>
  <message>
   <source>The device could not use the network</source>
   <translation>Das Gerät konnte das Netz nicht nutzen</translation>
  </message>
  <message>
   <source>The device decides which protection is used. Companion asks you before it sends anything unencrypted.</source>
   <translation>Das Gerät bestimmt den Schutz. Companion fragt Sie, bevor etwas unverschlüsselt gesendet wird.</translation>
  </message>
  <message>
   <source>The device did not confirm in time. Try again: Companion checks the device first.</source>
   <translation>Das Gerät hat nicht rechtzeitig bestätigt. Versuchen Sie es erneut: Companion fragt zuerst das Gerät.</translation>
  </message>
  <message>
   <source>The device did not confirm that it forgot this computer. Try again, or remove it from the list without contacting it.</source>
   <translation>Das Gerät hat nicht bestätigt, dass es diesen Computer vergessen hat. Versuchen Sie es erneut, oder entfernen Sie es aus der Liste, ohne es zu kontaktieren.</translation>
  </message>
  <message>
   <source>The device did not prove the secret</source>
   <translation>Das Gerät hat das Geheimnis nicht nachgewiesen</translation>
  </message>
  <message>
   <source>The device did not report whether it joined</source>
   <translation>Das Gerät hat nicht gemeldet, ob es beigetreten ist</translation>
  </message>
  <message>
   <source>The device did not respond in time</source>
   <translation>Das Gerät hat nicht rechtzeitig geantwortet</translation>
  </message>
  <message>
   <source>The device does not accept the grant's signatures: it may have another owner by now. Ask its owner for a new grant.</source>
   <translation>Das Gerät erkennt die Signaturen der Vollmacht nicht an: Es hat inzwischen vielleicht einen anderen Eigentümer. Bitten Sie den Eigentümer um eine neue Vollmacht.</translation>
  </message>
  <message>
   <source>The device does not accept this network from you.</source>
   <translation>Das Gerät nimmt dieses Netz von Ihnen nicht an.</translation>
  </message>
  <message>
   <source>The device does not announce itself here. Check that it is on, and connect this computer to the network that the device joined; guest networks and VLANs are separate ones.</source>
   <translation>Das Gerät meldet sich hier nicht. Prüfen Sie, ob es eingeschaltet ist, und verbinden Sie diesen Computer mit dem Netz, dem das Gerät beigetreten ist; Gastnetze und VLANs sind getrennte Netze.</translation>
  </message>
  <message>
   <source>The device does not answer. Its code still works.</source>
   <translation>Das Gerät antwortet nicht. Sein Code gilt noch.</translation>
  </message>
  <message>
   <source>The device does not match the label</source>
   <translation>Das Gerät passt nicht zum Etikett</translation>
  </message>
  <message>
   <source>The device does not offer the required protection</source>
   <translation>Das Gerät bietet den verlangten Schutz nicht</translation>
  </message>
  <message>
   <source>The device does not report it.</source>
   <translation>Das Gerät meldet es nicht.</translation>
  </message>
  <message>
   <source>The device does not report the network that it was given</source>
   <translation>Das Gerät meldet nicht das Netz, das es erhalten hat</translation>
  </message>
  <message>
   <source>The device does not say its firmware's sequence number.</source>
   <translation>Das Gerät nennt die Sequenznummer seiner Firmware nicht.</translation>
  </message>
  <message>
   <source>The device does not say its firmware's version in a form that has an order.</source>
   <translation>Das Gerät nennt die Version seiner Firmware nicht in einer Form, die sich vergleichen lässt.</translation>
  </message>
  <message>
   <source>The device does not say which model it is.</source>
   <translation>Das Gerät nennt sein Modell nicht.</translation>
  </message>
  <message>
   <source>The device does not support the method this setup code requires. Use the code on its label, or update its firmware.</source>
   <translation>Das Gerät unterstützt das Verfahren nicht, das dieser Einrichtungscode verlangt. Verwenden Sie den Code auf dem Etikett oder aktualisieren Sie die Firmware.</translation>
  </message>
  <message>
   <source>The device gets a claim that is valid for five minutes and registers itself.</source>
   <translation>Das Gerät erhält einen Claim, der fünf Minuten gilt, und registriert sich selbst.</translation>
  </message>
  <message>
   <source>The device gets a key that is derived for it alone. The group's key is never stored here.</source>
   <translation>Das Gerät erhält einen Schlüssel, der nur für dieses Gerät abgeleitet ist. Der Schlüssel der Gruppe wird hier nie gespeichert.</translation>
  </message>
  <message>
   <source>The device got no IP address</source>
   <translation>Das Gerät hat keine IP-Adresse erhalten</translation>
  </message>
  <message>
   <source>The device got no credentials. Change the rule if devices that do not say this may be set up.</source>
   <translation>Das Gerät hat keine Zugangsdaten erhalten. Ändern Sie die Regel, wenn Geräte ohne diese Angabe eingerichtet werden dürfen.</translation>
  </message>
  <message>
   <source>The device has its credentials</source>
   <translation>Das Gerät hat seine Zugangsdaten</translation>
  </message>
  <message>
   <source>The device has its keys and was not heard in the mesh network</source>
   <translation>Das Gerät hat seine Schlüssel und war im Mesh-Netz nicht zu hören</translation>
  </message>
  <message>
   <source>The device has no clock, so the time is unknown</source>
   <translation>Das Gerät hat keine Uhr, daher ist die Zeit unbekannt</translation>
  </message>
  <message>
   <source>The device has no endpoint, or can't resolve its name</source>
   <translation>Das Gerät hat keinen Endpunkt oder kann dessen Namen nicht auflösen</translation>
  </message>
  <message>
   <source>The device has no owner</source>
   <translation>Das Gerät hat keinen Eigentümer</translation>
  </message>
  <message>
   <source>The device has no owner now</source>
   <translation>Das Gerät hat jetzt keinen Eigentümer</translation>
  </message>
  <message>
   <source>The device has the authentication of Mesh 1.0, which is broken</source>
   <translation>Das Gerät hat die Authentifizierung von Mesh 1.0, die gebrochen ist</translation>
  </message>
  <message>
   <source>The device has the network and did not report whether it joined</source>
   <translation>Das Gerät hat das Netz und hat nicht gemeldet, ob es beigetreten ist</translation>
  </message>
  <message>
   <source>The device is a development device with test certificates</source>
   <translation>Das Gerät ist ein Entwicklungsgerät mit Testzertifikaten</translation>
  </message>
  <message>
   <source>The device is already in a mesh network</source>
   <translation>Das Gerät ist schon in einem Mesh-Netz</translation>
  </message>
  <message>
   <source>The device is already in this fabric</source>
   <translation>Das Gerät ist schon in dieser Fabric</translation>
  </message>
  <message>
   <source>The device is already on Wi-Fi</source>
   <translation>Das Gerät ist bereits im WLAN</translation>
  </message>
  <message>
   <source>The device is assigned to you</source>
   <translation>Das Gerät ist Ihnen zugeordnet</translation>
  </message>
  <message>
   <source>The device is authenticating to its endpoint</source>
   <translation>Das Gerät meldet sich an seinem Endpunkt an</translation>
  </message>
  <message>
   <source>The device is blinking</source>
   <translation>Das Gerät blinkt</translation>
  </message>
  <message>
   <source>The device is blinking or beeping</source>
   <translation>Das Gerät blinkt oder piept</translation>
  </message>
  <message>
   <source>The device is busy with another attempt, waiting up to {seconds} s for it to end</source>
   <translation>Das Gerät ist mit einem anderen Versuch beschäftigt. Companion wartet bis zu {seconds} s auf dessen Ende</translation>
  </message>
  <message>
   <source>The device is connecting securely to its endpoint</source>
   <translation>Das Gerät baut eine sichere Verbindung zum Endpunkt auf</translation>
  </message>
  <message>
   <source>The device is genuine</source>
   <translation>Das Gerät ist echt</translation>
  </message>
  <message>
   <source>The device is genuine, its certification is not final</source>
   <translation>Das Gerät ist echt, seine Zertifizierung ist nicht endgültig</translation>
  </message>
  <message>
   <source>The device is heard in {network}</source>
   <translation>Das Gerät ist in {network} zu hören</translation>
  </message>
  <message>
   <source>The device is joining the network</source>
   <translation>Das Gerät tritt dem Netz bei</translation>
  </message>
  <message>
   <source>The device is joining {network}</source>
   <translation>Das Gerät tritt {network} bei</translation>
  </message>
  <message>
   <source>The device is locked after failed attempts</source>
   <translation>Das Gerät ist nach Fehlversuchen gesperrt</translation>
  </message>
  <message>
   <source>The device is not authenticated</source>
   <translation>Das Gerät ist nicht authentifiziert</translation>
  </message>
  <message>
   <source>The device is not in range</source>
   <translation>Das Gerät ist nicht in Reichweite</translation>
  </message>
  <message>
   <source>The device is requesting an IP address</source>
   <translation>Das Gerät fordert eine IP-Adresse an</translation>
  </message>
  <message>
   <source>The device is resolving its endpoint</source>
   <translation>Das Gerät ermittelt die Adresse seines Endpunkts</translation>
  </message>
  <message>
   <source>The device is scanning for networks</source>
   <translation>Das Gerät sucht nach Netzen</translation>
  </message>
  <message>
   <source>The device is still trying to join. The password is probably wrong.</source>
   <translation>Das Gerät versucht weiter, dem Netz beizutreten. Das Passwort ist wahrscheinlich falsch.</translation>
  </message>
  <message>
   <source>The device is testing its credentials</source>
   <translation>Das Gerät prüft die Zugangsdaten</translation>
  </message>
  <message>
   <source>The device is trying again, {left} attempts left</source>
   <translation>Das Gerät versucht es erneut, noch {left} Versuche</translation>
  </message>
  <message>
   <source>The device keeps its name</source>
   <translation>Das Gerät behält seinen Namen</translation>
  </message>
  <message>
   <source>The device knows no owner's key</source>
   <translation>Das Gerät kennt keinen Eigentümerschlüssel</translation>
  </message>
  <message>
   <source>The device lacks the advertised service</source>
   <translation>Dem Gerät fehlt der angekündigte Dienst</translation>
  </message>
  <message>
   <source>The device may already have credentials</source>
   <translation>Das Gerät hat möglicherweise schon Zugangsdaten</translation>
  </message>
  <message>
   <source>The device may not be genuine</source>
   <translation>Das Gerät ist möglicherweise nicht echt</translation>
  </message>
  <message>
   <source>The device must know the secret that was shown</source>
   <translation>Das Gerät muss das gezeigte Geheimnis kennen</translation>
  </message>
  <message>
   <source>The device must know the shared key</source>
   <translation>Das Gerät muss den gemeinsamen Schlüssel kennen</translation>
  </message>
  <message>
   <source>The device must prove its own key</source>
   <translation>Das Gerät muss seinen eigenen Schlüssel nachweisen</translation>
  </message>
  <message>
   <source>The device must prove the key in its setup code</source>
   <translation>Das Gerät muss den Schlüssel aus seinem Einrichtungscode nachweisen</translation>
  </message>
  <message>
   <source>The device needs a Thread network</source>
   <translation>Das Gerät braucht ein Thread-Netz</translation>
  </message>
  <message>
   <source>The device needs a Wi-Fi network</source>
   <translation>Das Gerät braucht ein WLAN</translation>
  </message>
  <message>
   <source>The device no longer recognises this computer</source>
   <translation>Das Gerät erkennt diesen Computer nicht mehr an</translation>
  </message>
  <message>
   <source>The device offers no such way. Leave out `--method`, and Companion takes the best that it has.</source>
   <translation>Das Gerät bietet diesen Weg nicht. Lassen Sie `--method` weg, dann nimmt Companion den besten, den es hat.</translation>
  </message>
  <message>
   <source>The device or its group is disabled</source>
   <translation>Das Gerät oder seine Gruppe ist deaktiviert</translation>
  </message>
  <message>
   <source>The device rejected a Bluetooth request</source>
   <translation>Das Gerät hat eine Bluetooth-Anfrage abgelehnt</translation>
  </message>
  <message>
   <source>The device rejected a step under your grant</source>
   <translation>Das Gerät hat einen Schritt unter Ihrer Vollmacht abgelehnt</translation>
  </message>
  <message>
   <source>The device rejected its credentials</source>
   <translation>Das Gerät hat die Zugangsdaten abgelehnt</translation>
  </message>
  <message>
   <source>The device rejected one grant, trying another</source>
   <translation>Das Gerät hat eine Vollmacht abgelehnt, eine andere wird versucht</translation>
  </message>
  <message>
   <source>The device rejected the request</source>
   <translation>Das Gerät hat die Anfrage abgelehnt</translation>
  </message>
  <message>
   <source>The device rejected the secret</source>
   <translation>Das Gerät hat das Geheimnis abgelehnt</translation>
  </message>
  <message>
   <source>The device rejected the transfer token</source>
   <translation>Das Gerät hat das Übertragungs-Token abgelehnt</translation>
  </message>
  <message>
   <source>The device rejected the voucher</source>
   <translation>Das Gerät hat den Voucher abgelehnt</translation>
  </message>
  <message>
   <source>The device rejected your commissioner certificate</source>
   <translation>Das Gerät hat Ihr Commissioner-Zertifikat abgelehnt</translation>
  </message>
  <message>
   <source>The device rejected your grant</source>
   <translation>Das Gerät hat Ihre Vollmacht abgelehnt</translation>
  </message>
  <message>
   <source>The device rejected your owner key</source>
   <translation>Das Gerät hat Ihren Eigentümerschlüssel abgelehnt</translation>
  </message>
  <message>
   <source>The device repeated this computer's own messages</source>
   <translation>Das Gerät hat die Nachrichten dieses Computers wiederholt</translation>
  </message>
  <message>
   <source>The device reports that it could not use the credentials. It may still store them.</source>
   <translation>Das Gerät meldet, dass es die Zugangsdaten nicht verwenden konnte. Möglicherweise speichert es sie trotzdem.</translation>
  </message>
  <message>
   <source>The device reports that it discarded the credentials.</source>
   <translation>Das Gerät meldet, dass es die Zugangsdaten verworfen hat.</translation>
  </message>
  <message>
   <source>The device reports that it has no owner now.</source>
   <translation>Das Gerät meldet, dass es jetzt keinen Eigentümer hat.</translation>
  </message>
  <message>
   <source>The device reports that it joined {network}</source>
   <translation>Das Gerät meldet, dass es {network} beigetreten ist</translation>
  </message>
  <message>
   <source>The device reports that it joined {network} as {address}</source>
   <translation>Das Gerät meldet, dass es {network} als {address} beigetreten ist</translation>
  </message>
  <message>
   <source>The device reports that it joined {network}. Its role: {role}</source>
   <translation>Das Gerät meldet, dass es {network} beigetreten ist. Seine Rolle: {role}</translation>
  </message>
  <message>
   <source>The device reports that it left its network</source>
   <translation>Das Gerät meldet, dass es sein Netz verlassen hat</translation>
  </message>
  <message>
   <source>The device reports that it uses the credentials.</source>
   <translation>Das Gerät meldet, dass es die Zugangsdaten verwendet.</translation>
  </message>
  <message>
   <source>The device reports that it was not reset.</source>
   <translation>Das Gerät meldet, dass es nicht zurückgesetzt wurde.</translation>
  </message>
  <message>
   <source>The device reports that it was reset and still belongs to its owner.</source>
   <translation>Das Gerät meldet, dass es zurückgesetzt ist und weiter seinem Eigentümer gehört.</translation>
  </message>
  <message>
   <source>The device requires no confirmation</source>
   <translation>Das Gerät verlangt keine Bestätigung</translation>
  </message>
  <message>
   <source>The device says so itself, and nothing protects that from being changed on the way.</source>
   <translation>Das sagt das Gerät selbst, und nichts schützt die Angabe vor Änderungen unterwegs.</translation>
  </message>
  <message>
   <source>The device says so itself. Its manufacturer vouches for the device, not for this version.</source>
   <translation>Das sagt das Gerät selbst. Attestiert ist das Gerät, nicht diese Version.</translation>
  </message>
  <message>
   <source>The device says so itself. Its session was protected, but nobody vouches for the version.</source>
   <translation>Das sagt das Gerät selbst. Die Sitzung war geschützt, die Version ist aber nicht attestiert.</translation>
  </message>
  <message>
   <source>The device says that the grant does not cover this device or this step. Ask its owner for one that does.</source>
   <translation>Das Gerät meldet, dass die Vollmacht dieses Gerät oder diesen Schritt nicht abdeckt. Bitten Sie den Eigentümer um eine passende.</translation>
  </message>
  <message>
   <source>The device says that the grant was revoked, has expired, is used up or is not valid yet. Ask its owner for a new one.</source>
   <translation>Das Gerät meldet, dass die Vollmacht widerrufen, abgelaufen, aufgebraucht oder noch nicht gültig ist. Bitten Sie den Eigentümer um eine neue.</translation>
  </message>
  <message>
   <source>The device sends other data, such as its log. Press its reset button and try again, or install firmware that supports Improv over serial.</source>
   <translation>Das Gerät sendet andere Daten, etwa sein Protokoll. Drücken Sie seine Reset-Taste, und versuchen Sie es erneut, oder installieren Sie Firmware, die Improv über die serielle Schnittstelle unterstützt.</translation>
  </message>
  <message>
   <source>The device sent an invalid message</source>
   <translation>Das Gerät hat eine ungültige Nachricht gesendet</translation>
  </message>
  <message>
   <source>The device signed its receipt and its final acknowledgement</source>
   <translation>Das Gerät hat seine Quittung und die abschließende Bestätigung signiert</translation>
  </message>
  <message>
   <source>The device stopped provisioning</source>
   <translation>Das Gerät hat die Einrichtung abgebrochen</translation>
  </message>
  <message>
   <source>The device stopped responding while joining</source>
   <translation>Das Gerät hat beim Beitreten nicht mehr reagiert</translation>
  </message>
  <message>
   <source>The device tested the connection itself</source>
   <translation>Das Gerät hat die Verbindung selbst geprüft</translation>
  </message>
  <message>
   <source>The device tested the connection to {endpoint}</source>
   <translation>Das Gerät hat die Verbindung zu {endpoint} geprüft</translation>
  </message>
  <message>
   <source>The device uses its new credentials</source>
   <translation>Das Gerät verwendet die neuen Zugangsdaten</translation>
  </message>
  <message>
   <source>The device was heard, but not clearly</source>
   <translation>Das Gerät war zu hören, aber nicht deutlich</translation>
  </message>
  <message>
   <source>The device was not heard</source>
   <translation>Das Gerät war nicht zu hören</translation>
  </message>
  <message>
   <source>The device was reset. It reports that it has no owner now</source>
   <translation>Das Gerät wurde zurückgesetzt. Es meldet, dass es jetzt keinen Eigentümer hat</translation>
  </message>
  <message>
   <source>The device was reset. It reports that it still belongs to its owner</source>
   <translation>Das Gerät wurde zurückgesetzt. Es meldet, dass es weiter seinem Eigentümer gehört</translation>
  </message>
  <message>
   <source>The device was revoked</source>
   <translation>Das Gerät wurde widerrufen</translation>
  </message>
  <message>
   <source>The device was taken off the NFC reader</source>
   <translation>Das Gerät wurde vom NFC-Lesegerät genommen</translation>
  </message>
  <message>
   <source>The device's button was not pressed</source>
   <translation>Die Taste am Gerät wurde nicht gedrückt</translation>
  </message>
  <message>
   <source>The device's certificate is not trusted</source>
   <translation>Dem Zertifikat des Geräts wird nicht vertraut</translation>
  </message>
  <message>
   <source>The device's certificates follow from each other</source>
   <translation>Die Zertifikate des Geräts folgen auseinander</translation>
  </message>
  <message>
   <source>The device's claims about its protection are not authenticated</source>
   <translation>Die Angaben des Geräts zu seinem Schutz sind nicht authentifiziert</translation>
  </message>
  <message>
   <source>The device's credentials work</source>
   <translation>Die Zugangsdaten des Geräts funktionieren</translation>
  </message>
  <message>
   <source>The device's firmware has sequence number {sequence}, and your rule asks for {least}</source>
   <translation>Die Firmware des Geräts hat Sequenznummer {sequence}, Ihre Regel verlangt {least}</translation>
  </message>
  <message>
   <source>The device's firmware reuses its nonce, which your rule excludes</source>
   <translation>Die Firmware des Geräts verwendet ihre Nonce mehrfach, was Ihre Regel ausschließt</translation>
  </message>
  <message>
   <source>The device's firmware {version} is older than {least}, which your rule asks for</source>
   <translation>Die Firmware {version} des Geräts ist älter als {least}, das Ihre Regel verlangt</translation>
  </message>
  <message>
   <source>The device's key proves its identity, not who may own it. Add the voucher with --voucher, or use another method.</source>
   <translation>Der Schlüssel des Geräts belegt, welches Gerät es ist, nicht wem es gehören darf. Geben Sie den Voucher mit --voucher an, oder wählen Sie ein anderes Verfahren.</translation>
  </message>
  <message>
   <source>The device's light could not be read</source>
   <translation>Das Licht des Geräts konnte nicht gelesen werden</translation>
  </message>
  <message>
   <source>The device's network can't be changed</source>
   <translation>Das Netz des Geräts lässt sich nicht ändern</translation>
  </message>
  <message>
   <source>The device's scan did not end. Enter the network's name.</source>
   <translation>Die Netzsuche des Geräts endet nicht. Geben Sie den Namen des Netzes ein.</translation>
  </message>
  <message>
   <source>The device's secret is needed</source>
   <translation>Das Geheimnis des Geräts wird gebraucht</translation>
  </message>
  <message>
   <source>The device's secret is short enough to guess</source>
   <translation>Das Geheimnis des Geräts ist so kurz, dass man es raten kann</translation>
  </message>
  <message>
   <source>The device's signed statement</source>
   <translation>Signierte Aussage des Geräts</translation>
  </message>
  <message>
   <source>The devices being set up use up the grant. It allows another one only if one of them fails.</source>
   <translation>Die Geräte, die gerade eingerichtet werden, schöpfen die Vollmacht aus. Sie erlaubt nur dann ein weiteres, wenn eines davon scheitert.</translation>
  </message>
  <message>
   <source>The driver for PostgreSQL is not installed</source>
   <translation>Der Treiber für PostgreSQL ist nicht installiert</translation>
  </message>
  <message>
   <source>The endpoint rejected the device's certificate</source>
   <translation>Der Endpunkt hat das Zertifikat des Geräts abgelehnt</translation>
  </message>
  <message>
   <source>The extended PAN ID in the dataset is damaged.</source>
   <translation>Die erweiterte PAN-ID im Datensatz ist beschädigt.</translation>
  </message>
  <message>
   <source>The file does not have it.</source>
   <translation>Die Datei enthält ihn nicht.</translation>
  </message>
  <message>
   <source>The file has no revocation list from the owner</source>
   <translation>Die Datei enthält keine Widerrufsliste des Eigentümers</translation>
  </message>
  <message>
   <source>The file has none.</source>
   <translation>Die Datei hat keinen.</translation>
  </message>
  <message>
   <source>The file has other keys than this computer</source>
   <translation>Die Datei hat andere Schlüssel als dieser Computer</translation>
  </message>
  <message>
   <source>The file is a complete proof</source>
   <translation>Die Datei ist ein vollständiger Beweis</translation>
  </message>
  <message>
   <source>The file is no Mesh configuration database. Export the network again in the other app, as JSON.</source>
   <translation>Die Datei ist keine Mesh-Konfigurationsdatenbank. Exportieren Sie das Netz in der anderen App noch einmal, als JSON.</translation>
  </message>
  <message>
   <source>The file is not a complete proof</source>
   <translation>Die Datei ist kein vollständiger Beweis</translation>
  </message>
  <message>
   <source>The file is not signed.</source>
   <translation>Die Datei ist nicht signiert.</translation>
  </message>
  <message>
   <source>The file is of no known firmware format</source>
   <translation>Die Datei hat kein bekanntes Firmware-Format</translation>
  </message>
  <message>
   <source>The file was changed or is for someone else. Ask for it again: `companion grant request` writes what the issuer needs.</source>
   <translation>Die Datei wurde verändert oder ist für jemand anderen. Bitten Sie erneut darum: `companion grant request` schreibt, was der Aussteller braucht.</translation>
  </message>
  <message>
   <source>The file was not changed. Restore a backup of it.</source>
   <translation>Die Datei wurde nicht verändert. Stellen Sie eine Sicherung wieder her.</translation>
  </message>
  <message>
   <source>The file {file} does not contain hexadecimal digits.</source>
   <translation>Die Datei {file} enthält keine hexadezimalen Ziffern.</translation>
  </message>
  <message>
   <source>The firmware file can't be used</source>
   <translation>Die Firmware-Datei ist nicht verwendbar</translation>
  </message>
  <message>
   <source>The firmware file did not pass its checks</source>
   <translation>Die Firmware-Datei hat ihre Prüfungen nicht bestanden</translation>
  </message>
  <message>
   <source>The firmware file is damaged</source>
   <translation>Die Firmware-Datei ist beschädigt</translation>
  </message>
  <message>
   <source>The firmware has the nonce fix that your rule asks for</source>
   <translation>Die Firmware hat die Nonce-Korrektur, die Ihre Regel verlangt</translation>
  </message>
  <message>
   <source>The firmware reuses its nonce</source>
   <translation>Die Firmware verwendet ihre Nonce wieder</translation>
  </message>
  <message>
   <source>The firmware rule can't be used</source>
   <translation>Die Firmware-Regel ist nicht verwendbar</translation>
  </message>
  <message>
   <source>The folder has no PEM file, or more than eight.</source>
   <translation>Der Ordner hat keine PEM-Datei oder mehr als acht.</translation>
  </message>
  <message>
   <source>The grant covers the device</source>
   <translation>Die Vollmacht gilt für das Gerät</translation>
  </message>
  <message>
   <source>The grant covers the setup of the device</source>
   <translation>Die Vollmacht deckt die Einrichtung des Geräts</translation>
  </message>
  <message>
   <source>The grant is not for setting up devices</source>
   <translation>Die Vollmacht gilt nicht für das Einrichten von Geräten</translation>
  </message>
  <message>
   <source>The group does not know your CA</source>
   <translation>Die Gruppe kennt Ihre CA nicht</translation>
  </message>
  <message>
   <source>The group is of type {type}, not {wanted}</source>
   <translation>Die Gruppe ist vom Typ {type}, nicht {wanted}</translation>
  </message>
  <message>
   <source>The group knows your CA</source>
   <translation>Die Gruppe kennt Ihre CA</translation>
  </message>
  <message>
   <source>The group {name} has no keys</source>
   <translation>Die Gruppe {name} hat keine Schlüssel</translation>
  </message>
  <message>
   <source>The group {name} is disabled</source>
   <translation>Die Gruppe {name} ist deaktiviert</translation>
  </message>
  <message>
   <source>The handshake covers what the device offered; with a label, less than it names is rejected.</source>
   <translation>Der Handshake sichert, was das Gerät angeboten hat; mit Etikett wird weniger, als es nennt, abgelehnt.</translation>
  </message>
  <message>
   <source>The hardware token {token} can't be used</source>
   <translation>Das Hardware-Token {token} kann nicht verwendet werden</translation>
  </message>
  <message>
   <source>The hardware token {token} is locked</source>
   <translation>Das Hardware-Token {token} ist gesperrt</translation>
  </message>
  <message>
   <source>The hardware token {token} takes no keys from outside</source>
   <translation>Das Hardware-Token {token} nimmt keine fremden Schlüssel auf</translation>
  </message>
  <message>
   <source>The heads belong to different logs, or one is invalid</source>
   <translation>Die Log-Heads gehören zu verschiedenen Logs, oder einer ist ungültig</translation>
  </message>
  <message>
   <source>The holder chooses the site of a new device, so any new device can be set up.</source>
   <translation>Die bevollmächtigte Person wählt den Standort eines neuen Geräts, kann also jedes neue Gerät einrichten.</translation>
  </message>
  <message>
   <source>The holder may pass it on to people that the owner doesn't choose.</source>
   <translation>Sie darf an Personen weitergegeben werden, die der Eigentümer nicht auswählt.</translation>
  </message>
  <message>
   <source>The holder's Companion observes the limits. Your log shows reported devices that exceed them.</source>
   <translation>Companion bei der bevollmächtigten Person hält die Grenzen ein. Ihr Protokoll zeigt gemeldete Geräte, die darüber hinausgehen.</translation>
  </message>
  <message>
   <source>The identifier of its issuer is missing or wrong.</source>
   <translation>Die Kennung seines Ausstellers fehlt oder ist falsch.</translation>
  </message>
  <message>
   <source>The identifier of its key is missing or wrong.</source>
   <translation>Die Kennung seines Schlüssels fehlt oder ist falsch.</translation>
  </message>
  <message>
   <source>The image does not fit into the board</source>
   <translation>Das Image passt nicht in das Board</translation>
  </message>
  <message>
   <source>The image was changed after it was made, or is damaged.</source>
   <translation>Das Image wurde nach seiner Erstellung verändert oder ist beschädigt.</translation>
  </message>
  <message>
   <source>The image was changed after it was signed.</source>
   <translation>Das Image wurde nach dem Signieren verändert.</translation>
  </message>
  <message>
   <source>The imported revocation list says nothing about its issuer.</source>
   <translation>Die importierte Widerrufsliste sagt nichts über seinen Aussteller.</translation>
  </message>
  <message>
   <source>The index of COMPANION_UPDATES did not say which releases there are</source>
   <translation>Der Index aus COMPANION_UPDATES hat nicht gesagt, welche Versionen es gibt</translation>
  </message>
  <message>
   <source>The kernel driver pn533_usb blocks the NFC reader</source>
   <translation>Der Kerneltreiber pn533_usb blockiert das NFC-Lesegerät</translation>
  </message>
  <message>
   <source>The key can't be used to check firmware</source>
   <translation>Der Schlüssel taugt nicht zum Prüfen von Firmware</translation>
  </message>
  <message>
   <source>The key file is in use</source>
   <translation>Schlüsseldatei wird gerade verwendet</translation>
  </message>
  <message>
   <source>The key is {fingerprint}. Anyone can put one there.</source>
   <translation>Der Schlüssel ist {fingerprint}. Jeder kann einen beilegen.</translation>
  </message>
  <message>
   <source>The key store does not respond</source>
   <translation>Der Schlüsselspeicher reagiert nicht</translation>
  </message>
  <message>
   <source>The key “{key}” is not on the hardware token {token}</source>
   <translation>Der Schlüssel „{key}“ ist nicht auf dem Hardware-Token {token}</translation>
  </message>
  <message>
   <source>The labels of {first} and {second} have the same secret.</source>
   <translation>Die Etiketten von {first} und {second} haben dasselbe Geheimnis.</translation>
  </message>
  <message>
   <source>The letters and digits that the device shows</source>
   <translation>Die Buchstaben und Ziffern, die das Gerät anzeigt</translation>
  </message>
  <message>
   <source>The list has {count} devices, and {announced} are announced for today. More may raise an alert for the owner.</source>
   <translation>Die Liste hat {count} Geräte, und für heute sind {announced} angekündigt. Mehr können beim Eigentümer eine Meldung auslösen.</translation>
  </message>
  <message>
   <source>The log contains the receipt</source>
   <translation>Das Log enthält die Quittung</translation>
  </message>
  <message>
   <source>The log signed the first head</source>
   <translation>Das Log hat den ersten Log-Head signiert</translation>
  </message>
  <message>
   <source>The log signed the second head</source>
   <translation>Das Log hat den zweiten Log-Head signiert</translation>
  </message>
  <message>
   <source>The log signed two different versions of its first {size} entries</source>
   <translation>Das Log hat zwei verschiedene Fassungen seiner ersten {size} Einträge signiert</translation>
  </message>
  <message>
   <source>The log {origin}</source>
   <translation>Das Log {origin}</translation>
  </message>
  <message>
   <source>The log's own key signed the same head</source>
   <translation>Der Schlüssel des Logs hat denselben Log-Head signiert</translation>
  </message>
  <message>
   <source>The log, of size {new} now, did not prove that it is unchanged up to size {old}</source>
   <translation>Das Log, jetzt von der Größe {new}, hat nicht nachgewiesen, dass es bis zur Größe {old} unverändert ist</translation>
  </message>
  <message>
   <source>The manifest was changed after it was made.</source>
   <translation>Das Manifest wurde nach seiner Erstellung verändert.</translation>
  </message>
  <message>
   <source>The manufacturer is the one you expect</source>
   <translation>Der Hersteller ist der erwartete</translation>
  </message>
  <message>
   <source>The manufacturer's app or website has to prepare this device. Follow the manufacturer's instructions, then try again.</source>
   <translation>Die App oder Website des Herstellers muss dieses Gerät vorbereiten. Folgen Sie der Anleitung des Herstellers, und versuchen Sie es dann erneut.</translation>
  </message>
  <message>
   <source>The mesh network has no addresses left</source>
   <translation>Das Mesh-Netz hat keine freien Adressen mehr</translation>
  </message>
  <message>
   <source>The mesh-local prefix does not start with fd.</source>
   <translation>Das Mesh-Local-Präfix beginnt nicht mit fd.</translation>
  </message>
  <message>
   <source>The mesh-local prefix in the dataset is damaged.</source>
   <translation>Das Mesh-Local-Präfix im Datensatz ist beschädigt.</translation>
  </message>
  <message>
   <source>The microphone is muted</source>
   <translation>Das Mikrofon ist stumm</translation>
  </message>
  <message>
   <source>The network key in the dataset does not have 16 bytes.</source>
   <translation>Der Netzschlüssel im Datensatz hat nicht 16 Byte.</translation>
  </message>
  <message>
   <source>The network name in the dataset is empty or too long.</source>
   <translation>Der Netzname im Datensatz ist leer oder zu lang.</translation>
  </message>
  <message>
   <source>The network name in the dataset is not text.</source>
   <translation>Der Netzname im Datensatz ist kein Text.</translation>
  </message>
  <message>
   <source>The network needs its next IV index</source>
   <translation>Das Netz braucht seinen nächsten IV-Index</translation>
  </message>
  <message>
   <source>The new owner's key does not fit the voucher {file}</source>
   <translation>Der Schlüssel des neuen Eigentümers passt nicht zum Voucher {file}</translation>
  </message>
  <message>
   <source>The node can't do this</source>
   <translation>Der Knoten kann das nicht</translation>
  </message>
  <message>
   <source>The node does not answer</source>
   <translation>Der Knoten antwortet nicht</translation>
  </message>
  <message>
   <source>The node has confirmed its configuration</source>
   <translation>Der Knoten hat seine Konfiguration bestätigt</translation>
  </message>
  <message>
   <source>The node has confirmed that it leaves the network</source>
   <translation>Der Knoten hat bestätigt, dass er das Netz verlässt</translation>
  </message>
  <message>
   <source>The node is not configured yet</source>
   <translation>Der Knoten ist noch nicht konfiguriert</translation>
  </message>
  <message>
   <source>The node is not in your network</source>
   <translation>Der Knoten ist nicht in Ihrem Netz</translation>
  </message>
  <message>
   <source>The node rejected the setting</source>
   <translation>Der Knoten hat die Einstellung abgelehnt</translation>
  </message>
  <message>
   <source>The number of new devices is unlimited.</source>
   <translation>Die Anzahl neuer Geräte ist unbegrenzt.</translation>
  </message>
  <message>
   <source>The number that the device shows</source>
   <translation>Die Zahl, die das Gerät anzeigt</translation>
  </message>
  <message>
   <source>The numbers did not match</source>
   <translation>Die Zahlen stimmten nicht überein</translation>
  </message>
  <message>
   <source>The owner is the one you expect</source>
   <translation>Der Eigentümer ist der erwartete</translation>
  </message>
  <message>
   <source>The owner signed the head of the log</source>
   <translation>Der Eigentümer hat den Log-Head signiert</translation>
  </message>
  <message>
   <source>The owner's CA issued the device's certificate</source>
   <translation>Die CA des Eigentümers hat das Zertifikat des Geräts ausgestellt</translation>
  </message>
  <message>
   <source>The owner's grants lead to the holder who set up the device</source>
   <translation>Die Vollmachten des Eigentümers führen zu dem, der das Gerät eingerichtet hat</translation>
  </message>
  <message>
   <source>The passcode protects setup</source>
   <translation>Der Passcode schützt die Einrichtung</translation>
  </message>
  <message>
   <source>The passphrase is too short</source>
   <translation>Die Passphrase ist zu kurz</translation>
  </message>
  <message>
   <source>The password is sent unencrypted over the serial port</source>
   <translation>Das Passwort wird unverschlüsselt über den seriellen Anschluss gesendet</translation>
  </message>
  <message>
   <source>The pending timestamp in the dataset is damaged.</source>
   <translation>Der ausstehende Zeitstempel im Datensatz ist beschädigt.</translation>
  </message>
  <message>
   <source>The product is a different one.</source>
   <translation>Das Produkt ist ein anderes.</translation>
  </message>
  <message>
   <source>The proof belongs to another owner: {mark}</source>
   <translation>Der Beweis gehört einem anderen Eigentümer: {mark}</translation>
  </message>
  <message>
   <source>The radio “{spec}” was disconnected</source>
   <translation>Funkschnittstelle „{spec}“ wurde getrennt</translation>
  </message>
  <message>
   <source>The receipt log was altered</source>
   <translation>Das Quittungslog wurde verändert</translation>
  </message>
  <message>
   <source>The receipt names this owner</source>
   <translation>Die Quittung nennt diesen Eigentümer</translation>
  </message>
  <message>
   <source>The receipt of {serial} is missing from the log.</source>
   <translation>Die Quittung von {serial} fehlt im Log.</translation>
  </message>
  <message>
   <source>The registry is in use</source>
   <translation>Registry wird gerade verwendet</translation>
  </message>
  <message>
   <source>The registry's server can't be used ({code})</source>
   <translation>Der Server der Registry ist nicht benutzbar ({code})</translation>
  </message>
  <message>
   <source>The registry's server does not answer in time</source>
   <translation>Der Server der Registry antwortet nicht rechtzeitig</translation>
  </message>
  <message>
   <source>The registry's server doesn't answer</source>
   <translation>Der Server der Registry antwortet nicht</translation>
  </message>
  <message>
   <source>The registry's server rejected the login</source>
   <translation>Der Server der Registry hat die Anmeldung abgelehnt</translation>
  </message>
  <message>
   <source>The rendezvous server {server} rejected the voucher (FDO error {number})</source>
   <translation>Der Rendezvous-Server {server} hat den Voucher abgelehnt (FDO-Fehler {number})</translation>
  </message>
  <message>
   <source>The report before the one on device {serial} is missing.</source>
   <translation>Der Bericht vor dem über das Gerät {serial} fehlt.</translation>
  </message>
  <message>
   <source>The request is not signed by the device's own key; no certificate was issued. Restart the device and try again.</source>
   <translation>Die Anforderung ist nicht mit dem Schlüssel des Geräts signiert; es wurde kein Zertifikat ausgestellt. Starten Sie das Gerät neu und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>The reset was sent</source>
   <translation>Das Zurücksetzen wurde gesendet</translation>
  </message>
  <message>
   <source>The reset was sent, but the device did not confirm it.</source>
   <translation>Das Zurücksetzen wurde gesendet, aber vom Gerät nicht bestätigt.</translation>
  </message>
  <message>
   <source>The reset was sent, but the reply was lost. The device reports that it has no owner</source>
   <translation>Das Zurücksetzen wurde gesendet, die Antwort ging verloren. Das Gerät meldet, dass es keinen Eigentümer hat</translation>
  </message>
  <message>
   <source>The risk was not accepted</source>
   <translation>Das Risiko wurde nicht angenommen</translation>
  </message>
  <message>
   <source>The root is not on its list.</source>
   <translation>Das Stammzertifikat steht nicht auf ihrer Liste.</translation>
  </message>
  <message>
   <source>The rule is about Security 2, which this session did not use.</source>
   <translation>Die Regel betrifft Security 2, und diese Sitzung war eine andere.</translation>
  </message>
  <message>
   <source>The scenario can’t be used</source>
   <translation>Das Szenario ist nicht verwendbar</translation>
  </message>
  <message>
   <source>The secret in the code is not the one that the device has. Scan the label on the device itself.</source>
   <translation>Das Geheimnis im Code ist nicht das des Geräts. Scannen Sie das Etikett auf dem Gerät selbst.</translation>
  </message>
  <message>
   <source>The secret may be another device's, or someone else may be answering. No keys were handed over. Check the secret on the device itself, then try again.</source>
   <translation>Das Geheimnis gehört vielleicht zu einem anderen Gerät, oder jemand anderes antwortet. Es wurden keine Schlüssel übergeben. Prüfen Sie das Geheimnis am Gerät selbst und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>The secret on the label is typed.</source>
   <translation>Das Geheimnis auf dem Etikett wird eingetippt.</translation>
  </message>
  <message>
   <source>The secret on this label is predictable, so anyone could guess it.</source>
   <translation>Das Geheimnis auf diesem Etikett ist vorhersagbar, daher könnte es jede Person erraten.</translation>
  </message>
  <message>
   <source>The security policy in the dataset is damaged.</source>
   <translation>Die Sicherheitsrichtlinie im Datensatz ist beschädigt.</translation>
  </message>
  <message>
   <source>The setup code does not fit on the NFC tag</source>
   <translation>Der Einrichtungscode passt nicht auf das NFC-Tag</translation>
  </message>
  <message>
   <source>The setup code does not match this device</source>
   <translation>Der Einrichtungscode passt nicht zu diesem Gerät</translation>
  </message>
  <message>
   <source>The setup code's secret is predictable</source>
   <translation>Das Geheimnis im Einrichtungscode ist vorhersagbar</translation>
  </message>
  <message>
   <source>The signature block is damaged or made up.</source>
   <translation>Der Signaturblock ist beschädigt oder erfunden.</translation>
  </message>
  <message>
   <source>The signature is wrong.</source>
   <translation>Die Signatur ist falsch.</translation>
  </message>
  <message>
   <source>The smart card service is not running</source>
   <translation>Der Smartcard-Dienst läuft nicht</translation>
  </message>
  <message>
   <source>The smart card service is not running, so NFC tags can't be read</source>
   <translation>Der Smartcard-Dienst läuft nicht, daher lassen sich NFC-Tags nicht lesen</translation>
  </message>
  <message>
   <source>The sound is too loud for the microphone</source>
   <translation>Der Ton ist zu laut für das Mikrofon</translation>
  </message>
  <message>
   <source>The station's journal is full</source>
   <translation>Das Journal der Station ist voll</translation>
  </message>
  <message>
   <source>The template has none</source>
   <translation>Die Vorlage hat keine</translation>
  </message>
  <message>
   <source>The thing {name} has no certificate</source>
   <translation>Das Thing {name} hat kein Zertifikat</translation>
  </message>
  <message>
   <source>The times of its earlier runs are uncertain.</source>
   <translation>Die Zeiten seiner früheren Läufe sind unsicher.</translation>
  </message>
  <message>
   <source>The two heads are consistent</source>
   <translation>Die beiden Log-Heads passen zusammen</translation>
  </message>
  <message>
   <source>The vendor is a different one.</source>
   <translation>Der Hersteller ist ein anderer.</translation>
  </message>
  <message>
   <source>The voucher is the device's own</source>
   <translation>Der Voucher ist der des Geräts</translation>
  </message>
  <message>
   <source>The voucher names the device's certificate</source>
   <translation>Der Voucher nennt das Zertifikat des Geräts</translation>
  </message>
  <message>
   <source>The voucher {file} can't be trusted</source>
   <translation>Dem Voucher {file} ist nicht zu trauen</translation>
  </message>
  <message>
   <source>The voucher {file} is not assigned to you</source>
   <translation>Der Voucher {file} ist nicht Ihnen zugeordnet</translation>
  </message>
  <message>
   <source>The witness did not sign</source>
   <translation>Der Zeuge hat nicht signiert</translation>
  </message>
  <message>
   <source>The witness does not answer</source>
   <translation>Der Zeuge antwortet nicht</translation>
  </message>
  <message>
   <source>The {kind} code is damaged</source>
   <translation>Der {kind}-Code ist beschädigt</translation>
  </message>
  <message>
   <source>Their hash is another one</source>
   <translation>Ihr Hash ist ein anderer</translation>
  </message>
  <message>
   <source>Their names are equal. Give the address of one in place of its name.</source>
   <translation>Ihre Namen sind gleich. Geben Sie statt des Namens die Adresse des einen an.</translation>
  </message>
  <message>
   <source>There are records in that registry</source>
   <translation>In dieser Registry sind Einträge</translation>
  </message>
  <message>
   <source>There is no group {name}</source>
   <translation>Es gibt keine Gruppe {name}</translation>
  </message>
  <message>
   <source>There is no information about a device.</source>
   <translation>Es gibt keine Angaben zu einem Gerät.</translation>
  </message>
  <message>
   <source>There is no policy {name}</source>
   <translation>Es gibt keine Policy {name}</translation>
  </message>
  <message>
   <source>There is no role {name}</source>
   <translation>Es gibt keine Rolle {name}</translation>
  </message>
  <message>
   <source>There is no template {name}</source>
   <translation>Es gibt keine Vorlage {name}</translation>
  </message>
  <message>
   <source>There is nothing to lower, and only the cable could be changed.</source>
   <translation>Es gibt nichts zu schwächen, und ändern ließe sich nur am Kabel etwas.</translation>
  </message>
  <message>
   <source>There is nothing to lower: no session is encrypted.</source>
   <translation>Es gibt nichts zu schwächen: Keine Sitzung ist verschlüsselt.</translation>
  </message>
  <message>
   <source>There is nothing to lower: nobody is authenticated.</source>
   <translation>Es gibt nichts zu schwächen: Niemand ist authentifiziert.</translation>
  </message>
  <message>
   <source>There is only the owner</source>
   <translation>Es gibt nur den Eigentümer</translation>
  </message>
  <message>
   <source>These records were moved to a server</source>
   <translation>Diese Einträge sind auf einen Server umgezogen</translation>
  </message>
  <message>
   <source>They are identical</source>
   <translation>Sie sind identisch</translation>
  </message>
  <message>
   <source>Thing attached</source>
   <translation>Thing verbunden</translation>
  </message>
  <message>
   <source>This account's is {endpoint}: another account or region?</source>
   <translation>Der dieses Kontos ist {endpoint}: anderes Konto oder andere Region?</translation>
  </message>
  <message>
   <source>This app is Companion itself</source>
   <translation>Diese App ist Companion selbst</translation>
  </message>
  <message>
   <source>This backup does not bring your keys back</source>
   <translation>Diese Sicherung bringt Ihre Schlüssel nicht zurück</translation>
  </message>
  <message>
   <source>This can't be a login</source>
   <translation>Das kann keine Anmeldung sein</translation>
  </message>
  <message>
   <source>This code can't contain that character.</source>
   <translation>Dieses Zeichen kommt in diesem Code nicht vor.</translation>
  </message>
  <message>
   <source>This code loads a mobile plan onto an eSIM. Scan it in the mobile network settings of the phone or device that will use the plan.</source>
   <translation>Dieser Code lädt einen Mobilfunktarif auf eine eSIM. Scannen Sie ihn in den Mobilfunkeinstellungen des Telefons oder Geräts, das den Tarif nutzen soll.</translation>
  </message>
  <message>
   <source>This computer can't find the network {ssid}</source>
   <translation>Dieser Computer findet das Netz {ssid} nicht</translation>
  </message>
  <message>
   <source>This computer can't reach the device on the network</source>
   <translation>Dieser Computer kann das Gerät im Netz nicht erreichen</translation>
  </message>
  <message>
   <source>This computer does not have its roots. Add them to the profile with `--roots FILE`.</source>
   <translation>Dieser Computer hat deren Stammzertifikate nicht. Ergänzen Sie sie im Profil mit `--roots DATEI`.</translation>
  </message>
  <message>
   <source>This computer has no IPv6 address, which Matter needs. Turn IPv6 on in its network settings.</source>
   <translation>Dieser Computer hat keine IPv6-Adresse, die Matter braucht. Schalten Sie IPv6 in seinen Netzeinstellungen ein.</translation>
  </message>
  <message>
   <source>This computer has no Wi-Fi, or it is switched off.</source>
   <translation>Dieser Computer hat kein WLAN, oder es ist ausgeschaltet.</translation>
  </message>
  <message>
   <source>This computer has no login for {server}</source>
   <translation>Dieser Computer hat keine Anmeldung für {server}</translation>
  </message>
  <message>
   <source>This computer is not signed in to {cloud}</source>
   <translation>Dieser Computer ist nicht bei {cloud} angemeldet</translation>
  </message>
  <message>
   <source>This computer registers each device. The device's key never leaves it.</source>
   <translation>Dieser Computer registriert jedes Gerät. Der Schlüssel des Geräts verlässt es nie.</translation>
  </message>
  <message>
   <source>This computer's clock is not set.</source>
   <translation>Die Uhr dieses Computers ist nicht gestellt.</translation>
  </message>
  <message>
   <source>This computer's clock is wrong</source>
   <translation>Die Uhr dieses Computers geht falsch</translation>
  </message>
  <message>
   <source>This device can't ask for a certificate as “{name}”</source>
   <translation>Dieses Gerät kann kein Zertifikat als „{name}“ anfordern</translation>
  </message>
  <message>
   <source>This device can't be proved yours</source>
   <translation>Für dieses Gerät gibt es keinen Beweis</translation>
  </message>
  <message>
   <source>This device can't be set up for a cloud</source>
   <translation>Dieses Gerät kann nicht für eine Cloud eingerichtet werden</translation>
  </message>
  <message>
   <source>This device can't join the company network {ssid}</source>
   <translation>Dieses Gerät kann dem Firmennetz {ssid} nicht beitreten</translation>
  </message>
  <message>
   <source>This device can't join {ssid} with these details</source>
   <translation>Dieses Gerät kann {ssid} mit diesen Angaben nicht beitreten</translation>
  </message>
  <message>
   <source>This device is no longer controlled from here</source>
   <translation>Dieses Gerät wird nicht mehr von hier aus gesteuert</translation>
  </message>
  <message>
   <source>This device is set up over its own Wi-Fi access point, which Companion does not support. Use Espressif's app “ESP SoftAP Provisioning”.</source>
   <translation>Dieses Gerät wird über einen eigenen WLAN-Access-Point eingerichtet, was Companion nicht unterstützt. Verwenden Sie Espressifs App „ESP SoftAP Provisioning“.</translation>
  </message>
  <message>
   <source>This device is set up over “{transport}”, which Companion does not support. Use the manufacturer's app.</source>
   <translation>Dieses Gerät wird über „{transport}“ eingerichtet, was Companion nicht unterstützt. Verwenden Sie die App des Herstellers.</translation>
  </message>
  <message>
   <source>This device joins over Thread, not over Bluetooth. Add it with a commissioner of your Thread network, for example the OpenThread border router's web page.</source>
   <translation>Dieses Gerät tritt über Thread bei, nicht über Bluetooth. Fügen Sie es mit einem Commissioner Ihres Thread-Netzes hinzu, etwa über die Webseite des OpenThread-Border-Routers.</translation>
  </message>
  <message>
   <source>This device needs more than power before it can be set up. If it does not respond, prepare it first.</source>
   <translation>Dieses Gerät braucht mehr als Strom, bevor es eingerichtet werden kann. Wenn es nicht antwortet, bereiten Sie es zuerst vor.</translation>
  </message>
  <message>
   <source>This device uses Wi-Fi Easy Connect, which Companion does not support. Add it in Android's Wi-Fi settings with “Add device” next to your network.</source>
   <translation>Dieses Gerät verwendet Wi-Fi Easy Connect, das Companion nicht unterstützt. Fügen Sie es in den WLAN-Einstellungen von Android mit „Gerät hinzufügen“ neben Ihrem Netz hinzu.</translation>
  </message>
  <message>
   <source>This device was set up with other keys</source>
   <translation>Dieses Gerät wurde mit anderen Schlüsseln eingerichtet</translation>
  </message>
  <message>
   <source>This enrols an Android phone or tablet. Scan it on the device after a factory reset, at its first screen.</source>
   <translation>Damit wird ein Android-Telefon oder -Tablet registriert. Scannen Sie den Code auf dem Gerät nach dem Zurücksetzen, auf dem ersten Bildschirm.</translation>
  </message>
  <message>
   <source>This group is wrong. Compare it with the label.</source>
   <translation>Diese Gruppe ist falsch. Vergleichen Sie sie mit dem Etikett.</translation>
  </message>
  <message>
   <source>This identifies a product, not a single device. Scan the setup code on the device.</source>
   <translation>Das bezeichnet ein Produkt, kein einzelnes Gerät. Scannen Sie den Einrichtungscode am Gerät.</translation>
  </message>
  <message>
   <source>This is a Thread network with its key, not a device. Companion can use it for devices that join Thread; “companion dataset import” saves it.</source>
   <translation>Das ist ein Thread-Netz mit seinem Schlüssel, kein Gerät. Companion kann es für Geräte verwenden, die Thread beitreten; „companion dataset import“ speichert es.</translation>
  </message>
  <message>
   <source>This is a Wi-Fi network, but the code has no password that such a network can have. Check the network's settings, and enter the password by hand.</source>
   <translation>Das ist ein WLAN, aber der Code enthält kein Passwort, das ein solches WLAN haben kann. Prüfen Sie die Einstellungen des WLANs, und geben Sie das Passwort von Hand ein.</translation>
  </message>
  <message>
   <source>This is a calendar entry, not a device. Scan the setup code on the device.</source>
   <translation>Das ist ein Kalendereintrag, kein Gerät. Scannen Sie den Einrichtungscode am Gerät.</translation>
  </message>
  <message>
   <source>This is a contact, not a device. Scan the setup code on the device.</source>
   <translation>Das ist ein Kontakt, kein Gerät. Scannen Sie den Einrichtungscode am Gerät.</translation>
  </message>
  <message>
   <source>This is a hardware address. The setup code is another code on the device or its package.</source>
   <translation>Das ist eine Hardware-Adresse. Der Einrichtungscode ist ein anderer Code am Gerät oder auf der Verpackung.</translation>
  </message>
  <message>
   <source>This is a map location, not a device. Scan the setup code on the device.</source>
   <translation>Das ist ein Ort auf einer Karte, kein Gerät. Scannen Sie den Einrichtungscode am Gerät.</translation>
  </message>
  <message>
   <source>This is a network without a password that encrypts traffic (Enhanced Open). Companion hands it over as an open network; a device that does not support Enhanced Open can't join it.</source>
   <translation>Das ist ein WLAN ohne Passwort, das den Verkehr verschlüsselt (Enhanced Open). Companion übergibt es als offenes WLAN; ein Gerät, das Enhanced Open nicht unterstützt, kann ihm nicht beitreten.</translation>
  </message>
  <message>
   <source>This is a network, not a device. Companion can use it for the next device you set up.</source>
   <translation>Dies ist ein Netz, kein Gerät. Companion kann es für das nächste Gerät verwenden, das Sie einrichten.</translation>
  </message>
  <message>
   <source>This is a payment, not a device. Scan the setup code on the device.</source>
   <translation>Das ist eine Zahlung, kein Gerät. Scannen Sie den Einrichtungscode am Gerät.</translation>
  </message>
  <message>
   <source>This is a pending dataset: it becomes valid after its delay.</source>
   <translation>Das ist ein ausstehender Datensatz: Er gilt erst nach seiner Verzögerung.</translation>
  </message>
  <message>
   <source>This is a phone number, not a device. Scan the setup code on the device.</source>
   <translation>Das ist eine Telefonnummer, kein Gerät. Scannen Sie den Einrichtungscode am Gerät.</translation>
  </message>
  <message>
   <source>This is a product barcode (EAN, UPC). The setup code is another code on the device or its package.</source>
   <translation>Das ist ein Produkt-Barcode (EAN, UPC). Der Einrichtungscode ist ein anderer Code am Gerät oder auf der Verpackung.</translation>
  </message>
  <message>
   <source>This is a serial number. The setup code is another code on the device or its package.</source>
   <translation>Das ist eine Seriennummer. Der Einrichtungscode ist ein anderer Code am Gerät oder auf der Verpackung.</translation>
  </message>
  <message>
   <source>This is an e-mail address, not a device. Scan the setup code on the device.</source>
   <translation>Das ist eine E-Mail-Adresse, kein Gerät. Scannen Sie den Einrichtungscode am Gerät.</translation>
  </message>
  <message>
   <source>This is an identifier, not a setup code. Ownership vouchers (FDO) name their devices by one.</source>
   <translation>Das ist eine Kennung, kein Einrichtungscode. Ownership Voucher (FDO) nennen ihre Geräte so.</translation>
  </message>
  <message>
   <source>This is encrypted for a device that knows the secret, but a recording can reveal parts of it.</source>
   <translation>Dies ist für ein Gerät verschlüsselt, das das Geheimnis kennt, eine Aufzeichnung kann aber Teile davon verraten.</translation>
  </message>
  <message>
   <source>This is encrypted for a device that knows the secret, but an attacker in range can change it unnoticed.</source>
   <translation>Dies ist für ein Gerät verschlüsselt, das das Geheimnis kennt, ein Angreifer in Reichweite kann es aber unbemerkt ändern.</translation>
  </message>
  <message>
   <source>This is encrypted, but the receiving device is not authenticated.</source>
   <translation>Dies ist verschlüsselt, aber das empfangende Gerät ist nicht authentifiziert.</translation>
  </message>
  <message>
   <source>This is not a usable Thread dataset</source>
   <translation>Das ist kein brauchbarer Thread-Datensatz</translation>
  </message>
  <message>
   <source>This is not a usable cloud profile</source>
   <translation>Das ist kein brauchbares Cloud-Profil</translation>
  </message>
  <message>
   <source>This is of another TPM than {tpm}</source>
   <translation>Dies gehört zu einem anderen TPM als {tpm}</translation>
  </message>
  <message>
   <source>This is sent unencrypted to the device on the serial port.</source>
   <translation>Dies wird unverschlüsselt an das Gerät am seriellen Anschluss gesendet.</translation>
  </message>
  <message>
   <source>This is sent unencrypted: anyone in range can read it, and the receiving device is not authenticated.</source>
   <translation>Dies wird unverschlüsselt gesendet: Jede Person in Reichweite kann es lesen, und das empfangende Gerät ist nicht authentifiziert.</translation>
  </message>
  <message>
   <source>This is the device's factory key for KNX Secure (FDSK). Add it to the project in ETS.</source>
   <translation>Das ist der Werksschlüssel des Geräts für KNX Secure (FDSK). Fügen Sie ihn in der ETS dem Projekt hinzu.</translation>
  </message>
  <message>
   <source>This is the number of a Homematic IP device, without its key. The Homematic IP app needs the QR code on the device.</source>
   <translation>Das ist die Nummer eines Homematic-IP-Geräts, ohne seinen Schlüssel. Die Homematic-IP-App braucht den QR-Code am Gerät.</translation>
  </message>
  <message>
   <source>This is the passcode of Matter's example firmware, and only part of a setup code. Scan the QR code or enter the 11-digit pairing code.</source>
   <translation>Das ist der Passcode von Matters Beispiel-Firmware und nur ein Teil eines Einrichtungscodes. Scannen Sie den QR-Code oder geben Sie den 11-stelligen Kopplungscode ein.</translation>
  </message>
  <message>
   <source>This kind of NFC tag is not supported</source>
   <translation>Diese Art von NFC-Tag wird nicht unterstützt</translation>
  </message>
  <message>
   <source>This label has no passcode, so Companion can't set up the device with it. The manufacturer's app or website prepares the device and shows a setup code for it. Scan or enter that code.</source>
   <translation>Dieses Etikett enthält keinen Passcode, deshalb kann Companion das Gerät damit nicht einrichten. Die App oder Website des Herstellers bereitet das Gerät vor und zeigt einen Einrichtungscode dafür. Scannen Sie diesen Code oder geben Sie ihn ein.</translation>
  </message>
  <message>
   <source>This label uses RP1 version {version}, which this version of Companion does not support. Update Companion.</source>
   <translation>Dieses Etikett verwendet RP1-Version {version}, die diese Companion-Version nicht unterstützt. Aktualisieren Sie Companion.</translation>
  </message>
  <message>
   <source>This lets someone act for an owner. The holder runs `companion grant import` with this file or picture.</source>
   <translation>Damit kann jemand für einen Eigentümer handeln. Der Bevollmächtigte führt `companion grant import` mit dieser Datei oder diesem Bild aus.</translation>
  </message>
  <message>
   <source>This link leads to {host}, often the manufacturer's app, and contains no setup data. Look for another code on the device.</source>
   <translation>Dieser Link führt zu {host}, oft zur App des Herstellers, und enthält keine Einrichtungsdaten. Suchen Sie einen anderen Code am Gerät.</translation>
  </message>
  <message>
   <source>This link opens an app on a phone. Scan it with the phone, or look for another code.</source>
   <translation>Dieser Link öffnet eine App auf einem Telefon. Scannen Sie ihn mit dem Telefon, oder suchen Sie einen anderen Code.</translation>
  </message>
  <message>
   <source>This network asks for a user name or a certificate, which can't be handed over to a device. Use a network with a single password.</source>
   <translation>Dieses WLAN verlangt einen Benutzernamen oder ein Zertifikat, was sich nicht an ein Gerät übergeben lässt. Nehmen Sie ein WLAN mit einem einzigen Passwort.</translation>
  </message>
  <message>
   <source>This sets up a VPN, not a device. Scan it in the WireGuard app.</source>
   <translation>Damit wird ein VPN eingerichtet, kein Gerät. Scannen Sie den Code in der WireGuard-App.</translation>
  </message>
  <message>
   <source>This sets up one-time passwords for an account. Scan it in an authenticator app.</source>
   <translation>Damit werden Einmalpasswörter für ein Konto eingerichtet. Scannen Sie den Code in einer Authenticator-App.</translation>
  </message>
  <message>
   <source>This setup code has no secret</source>
   <translation>Dieser Einrichtungscode enthält kein Geheimnis</translation>
  </message>
  <message>
   <source>This sheet contains neither of them.</source>
   <translation>Dieses Blatt enthält keines von beiden.</translation>
  </message>
  <message>
   <source>This signer may not sign such a declaration.</source>
   <translation>Dieser Unterzeichner darf solche Erklärungen nicht signieren.</translation>
  </message>
  <message>
   <source>This signs in to a website. Scan it with the phone that has the passkey.</source>
   <translation>Damit melden Sie sich bei einer Website an. Scannen Sie den Code mit dem Telefon, das den Passkey hat.</translation>
  </message>
  <message>
   <source>This transfers a device to its new owner. Save it to a file and run `companion devices accept` in range of the device.</source>
   <translation>Damit wird ein Gerät an den neuen Eigentümer übertragen. Speichern Sie es in einer Datei, und führen Sie in Reichweite des Geräts `companion devices accept` aus.</translation>
  </message>
  <message>
   <source>This voucher assigns a device with FIDO Device Onboard, which Companion does not support. Load it into the onboarding service.</source>
   <translation>Dieser Nachweis weist ein Gerät über FIDO Device Onboard zu, was Companion nicht unterstützt. Laden Sie ihn in den Onboarding-Dienst.</translation>
  </message>
  <message>
   <source>This was measured in this session.</source>
   <translation>Das wurde in dieser Sitzung gemessen.</translation>
  </message>
  <message>
   <source>Thread (TCAT)</source>
   <translation>Thread (TCAT)</translation>
  </message>
  <message>
   <source>Thread fault</source>
   <translation>Fehler an Thread</translation>
  </message>
  <message>
   <source>Thread joiner</source>
   <translation>Thread-Gerät</translation>
  </message>
  <message>
   <source>Thread network</source>
   <translation>Thread-Netz</translation>
  </message>
  <message>
   <source>Three number comparisons failed</source>
   <translation>Drei Zahlenvergleiche sind fehlgeschlagen</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>To change its network, reset its Wi-Fi settings (see its manual), then try again.</source>
   <translation>Um sein Netz zu ändern, setzen Sie seine WLAN-Einstellungen zurück (siehe Anleitung) und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>To control it again, set it up again. If it does not offer itself, reset it first.</source>
   <translation>Um es wieder zu steuern, richten Sie es erneut ein. Falls es sich nicht anbietet, setzen Sie es zuerst zurück.</translation>
  </message>
  <message>
   <source>To end Companion's control, use `companion devices remove`.</source>
   <translation>Um die Steuerung durch Companion zu beenden, verwenden Sie `companion devices remove`.</translation>
  </message>
  <message>
   <source>To fill in by hand</source>
   <translation>Von Hand auszufüllen</translation>
  </message>
  <message>
   <source>Too long for a QR code</source>
   <translation>Zu lang für einen QR-Code</translation>
  </message>
  <message>
   <source>Too many runs wait for the registry's server</source>
   <translation>Zu viele Läufe warten auf den Server der Registry</translation>
  </message>
  <message>
   <source>Try again and press it within one minute when Companion asks you to.</source>
   <translation>Versuchen Sie es erneut und drücken Sie sie innerhalb einer Minute, wenn Companion dazu auffordert.</translation>
  </message>
  <message>
   <source>Try again. If it happens again, send us the report.</source>
   <translation>Versuchen Sie es erneut. Tritt der Fehler wieder auf, senden Sie uns den Bericht.</translation>
  </message>
  <message>
   <source>Try again: a new claim is fetched for each try.</source>
   <translation>Versuchen Sie es erneut: Für jeden Versuch wird ein neuer Claim geholt.</translation>
  </message>
  <message>
   <source>Try again: within two minutes, press the button on the device and “They match” here.</source>
   <translation>Versuchen Sie es erneut: Drücken Sie innerhalb von zwei Minuten die Taste am Gerät und hier „Gleiche Zahl“.</translation>
  </message>
  <message>
   <source>Turn Bluetooth off and on again, then try again.</source>
   <translation>Schalten Sie Bluetooth aus und wieder ein und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Turn on Bluetooth in the system settings, then try again.</source>
   <translation>Schalten Sie Bluetooth in den Systemeinstellungen ein und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Tuya device</source>
   <translation>Tuya-Gerät</translation>
  </message>
  <message>
   <source>Two devices share the same secret</source>
   <translation>Zwei Geräte haben dasselbe Geheimnis</translation>
  </message>
  <message>
   <source>Two-factor authentication</source>
   <translation>Zwei-Faktor-Authentifizierung</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Unknown code</source>
   <translation>Unbekannter Code</translation>
  </message>
  <message>
   <source>Unknown user name</source>
   <translation>Unbekannter Benutzername</translation>
  </message>
  <message>
   <source>Unlock it with its PUK in the tool that came with it, or insert another token that holds your keys.</source>
   <translation>Entsperren Sie es mit seiner PUK in dem Programm, das dazu gehört, oder stecken Sie ein anderes Token mit Ihren Schlüsseln ein.</translation>
  </message>
  <message>
   <source>Unlock the system's key store, or set COMPANION_PASSPHRASE to use an encrypted file.</source>
   <translation>Entsperren Sie den Schlüsselspeicher des Systems, oder setzen Sie COMPANION_PASSPHRASE, um eine verschlüsselte Datei zu verwenden.</translation>
  </message>
  <message>
   <source>Unsecured message</source>
   <translation>Ungesicherte Nachricht</translation>
  </message>
  <message>
   <source>Unsupported protocol version</source>
   <translation>Protokollversion nicht unterstützt</translation>
  </message>
  <message>
   <source>Unusable serial number on the device</source>
   <translation>Seriennummer des Geräts nicht verwendbar</translation>
  </message>
  <message>
   <source>Unusable setup code</source>
   <translation>Einrichtungscode nicht verwendbar</translation>
  </message>
  <message>
   <source>Up to {ca}</source>
   <translation>Bis zu {ca}</translation>
  </message>
  <message>
   <source>Update Companion on this computer</source>
   <translation>Aktualisieren Sie Companion auf diesem Computer</translation>
  </message>
  <message>
   <source>Update Companion or the device's firmware.</source>
   <translation>Aktualisieren Sie Companion oder die Firmware des Geräts.</translation>
  </message>
  <message>
   <source>Update its firmware, or choose a cloud or broker that takes certificates of your own CA.</source>
   <translation>Aktualisieren Sie seine Firmware, oder wählen Sie eine Cloud oder einen Broker, die Zertifikate Ihrer eigenen CA annehmen.</translation>
  </message>
  <message>
   <source>Update or uninstall {distribution}</source>
   <translation>{distribution} aktualisieren oder deinstallieren</translation>
  </message>
  <message>
   <source>Update the device to firmware built with ESP-IDF 5.5 or later. The device got no credentials.</source>
   <translation>Bringen Sie das Gerät auf Firmware, die mit ESP-IDF 5.5 oder neuer gebaut ist. Es hat keine Zugangsdaten erhalten.</translation>
  </message>
  <message>
   <source>Update the device with the file that your rule keeps: {file}. The device got no credentials.</source>
   <translation>Aktualisieren Sie das Gerät mit der Datei, die Ihre Regel bereithält: {file}. Es hat keine Zugangsdaten erhalten.</translation>
  </message>
  <message>
   <source>Update the device's firmware first. The device got no credentials.</source>
   <translation>Aktualisieren Sie zuerst die Firmware des Geräts. Es hat keine Zugangsdaten erhalten.</translation>
  </message>
  <message>
   <source>Use `os`, `virtual` or `bumble:TRANSPORT`, and check that the transport is available.</source>
   <translation>Verwenden Sie `os`, `virtual` oder `bumble:TRANSPORT`, und prüfen Sie, ob der Transport verfügbar ist.</translation>
  </message>
  <message>
   <source>Use a PNG or JPEG image of at most 200 megapixels.</source>
   <translation>Verwenden Sie ein Bild im Format PNG oder JPEG mit höchstens 200 Megapixeln.</translation>
  </message>
  <message>
   <source>Use a WAV file (PCM) with 12 to 192 kHz. Only its first ten minutes are heard.</source>
   <translation>Verwenden Sie eine WAV-Datei (PCM) mit 12 bis 192 kHz. Nur ihre ersten zehn Minuten werden gehört.</translation>
  </message>
  <message>
   <source>Use a computer with Wi-Fi and NetworkManager, or ask the RADIUS server itself (--radius). {program} is missing here.</source>
   <translation>Verwenden Sie einen Computer mit WLAN und NetworkManager, oder fragen Sie den RADIUS-Server selbst (--radius). {program} fehlt hier.</translation>
  </message>
  <message>
   <source>Use an image of one of them, or enter its code: {candidates}.</source>
   <translation>Verwenden Sie ein Bild mit nur einem davon oder geben Sie dessen Code ein: {candidates}.</translation>
  </message>
  <message>
   <source>Use another tag of the device, or the code on its label.</source>
   <translation>Verwenden Sie ein anderes Tag des Geräts oder den Code auf seinem Etikett.</translation>
  </message>
  <message>
   <source>Use another tag.</source>
   <translation>Verwenden Sie ein anderes Tag.</translation>
  </message>
  <message>
   <source>Use at least {least} characters. Several words are easy to remember.</source>
   <translation>Nehmen Sie mindestens {least} Zeichen. Mehrere Wörter lassen sich gut merken.</translation>
  </message>
  <message>
   <source>Use the data folder it was set up in, or the virtual radio (`--virtual`) if it was set up there.</source>
   <translation>Verwenden Sie den Datenordner, in dem es eingerichtet wurde, oder den virtuellen Funk (`--virtual`), falls es dort eingerichtet wurde.</translation>
  </message>
  <message>
   <source>Use the device's reset button as its manufacturer describes.</source>
   <translation>Verwenden Sie die Reset-Taste des Geräts, wie der Hersteller es beschreibt.</translation>
  </message>
  <message>
   <source>Use the device's setup button as its manufacturer describes.</source>
   <translation>Verwenden Sie die Einrichtungstaste des Geräts, wie der Hersteller es beschreibt.</translation>
  </message>
  <message>
   <source>Use the hash of the serial number in the profile's id rule instead.</source>
   <translation>Verwenden Sie stattdessen den Hash der Seriennummer in der ID-Regel des Profils.</translation>
  </message>
  <message>
   <source>Use the id of one of them: {candidates}.</source>
   <translation>Verwenden Sie die Kennung eines Eintrags: {candidates}.</translation>
  </message>
  <message>
   <source>Use the network's password instead of its 64-digit key, or another network. Not every device supports company networks.</source>
   <translation>Verwenden Sie das Passwort des Netzes statt seines 64-stelligen Schlüssels, oder ein anderes Netz. Firmennetze unterstützt nicht jedes Gerät.</translation>
  </message>
  <message>
   <source>Use them there: `companion registry use {place}`.</source>
   <translation>Verwenden Sie sie dort: `companion registry use {place}`.</translation>
  </message>
  <message>
   <source>Use this computer's wireless switch or key</source>
   <translation>Verwenden Sie den Funkschalter oder die Funktaste dieses Computers</translation>
  </message>
  <message>
   <source>User name and password: tried with the next device</source>
   <translation>Benutzername und Passwort: Sie werden beim nächsten Gerät erprobt</translation>
  </message>
  <message>
   <source>User name, password and a certificate, valid until {day}: tried with the next device</source>
   <translation>Benutzername, Passwort und ein Zertifikat, gültig bis {day}: wird mit dem nächsten Gerät versucht</translation>
  </message>
  <message>
   <source>VPN configuration</source>
   <translation>VPN-Konfiguration</translation>
  </message>
  <message>
   <source>Valid until {end}</source>
   <translation>Gültig bis {end}</translation>
  </message>
  <message>
   <source>Valid until {end}, through {count} certificates</source>
   <translation>Gültig bis {end}, über {count} Zertifikate</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>Vendor the same in all certificates</source>
   <translation>Hersteller in allen Zertifikaten gleich</translation>
  </message>
  <message>
   <source>Version 1, {protocol}</source>
   <translation>Version 1, {protocol}</translation>
  </message>
  <message>
   <source>Versions</source>
   <translation>Versionen</translation>
  </message>
  <message>
   <source>Versions and capabilities</source>
   <translation>Versionen und Fähigkeiten</translation>
  </message>
  <message>
   <source>Wait until they have finished (15 minutes at most), or restart the device.</source>
   <translation>Warten Sie das Ende ab (höchstens 15 Minuten), oder starten Sie das Gerät neu.</translation>
  </message>
  <message>
   <source>Wait {seconds} seconds, then try again.</source>
   <translation>Warten Sie {seconds} Sekunden und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Waiting for the device to connect to {endpoint}</source>
   <translation>Warten auf die Anmeldung des Geräts an {endpoint}</translation>
  </message>
  <message>
   <source>Waiting for the device to reconnect</source>
   <translation>Warten, bis das Gerät wieder erreichbar ist</translation>
  </message>
  <message>
   <source>Waiting for: {nodes}. The old keys stay valid until then. Switch these nodes on and refresh again, or remove them.</source>
   <translation>Es fehlen noch: {nodes}. Bis dahin gelten die alten Schlüssel weiter. Schalten Sie diese Knoten ein und erneuern Sie noch einmal, oder entfernen Sie sie.</translation>
  </message>
  <message>
   <source>Weak</source>
   <translation>Schwach</translation>
  </message>
  <message>
   <source>Weaker protection than the code requires</source>
   <translation>Schwächerer Schutz, als der Code verlangt</translation>
  </message>
  <message>
   <source>Web address</source>
   <translation>Webadresse</translation>
  </message>
  <message>
   <source>Where its passphrase is kept:</source>
   <translation>Wo ihre Passphrase aufbewahrt wird:</translation>
  </message>
  <message>
   <source>Where the backup file is kept:</source>
   <translation>Wo die Sicherungsdatei aufbewahrt wird:</translation>
  </message>
  <message>
   <source>Whether the device is genuine is not known</source>
   <translation>Ob das Gerät echt ist, ist nicht bekannt</translation>
  </message>
  <message>
   <source>While a device is set up, devices can connect to {host} on a TLS port</source>
   <translation>Während ein Gerät eingerichtet wird, können sich Geräte über einen TLS-Port mit {host} verbinden</translation>
  </message>
  <message>
   <source>Who signed its firmware is not known</source>
   <translation>Wer seine Firmware signiert hat, ist nicht bekannt</translation>
  </message>
  <message>
   <source>Whoever answers can offer the broken algorithm of Mesh 1.0 alone: Companion asks before it goes on.</source>
   <translation>Wer antwortet, kann nur den gebrochenen Algorithmus von Mesh 1.0 anbieten: Companion fragt, bevor es weitergeht.</translation>
  </message>
  <message>
   <source>Whoever exported this network keeps all of its addresses, so none is left for this computer. Export it again with a smaller address range there.</source>
   <translation>Wer dieses Netz exportiert hat, behält alle seine Adressen, also bleibt für diesen Computer keine. Exportieren Sie es dort noch einmal mit einem kleineren Adressbereich.</translation>
  </message>
  <message>
   <source>Whoever heard the secret that the device sent can be in between.</source>
   <translation>Wer das vom Gerät gesendete Geheimnis gehört hat, kann dazwischen sein.</translation>
  </message>
  <message>
   <source>Whoever saw the secret on the screen can be in between.</source>
   <translation>Wer das Geheimnis auf dem Bildschirm gesehen hat, kann dazwischen sein.</translation>
  </message>
  <message>
   <source>Whoever saw the secret that the device showed can be in between.</source>
   <translation>Wer das gezeigte Geheimnis gesehen hat, kann dazwischen sein.</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>Warum</translation>
  </message>
  <message>
   <source>Wi-Fi Easy Connect device</source>
   <translation>Gerät für Wi-Fi Easy Connect</translation>
  </message>
  <message>
   <source>Wi-Fi fault</source>
   <translation>Fehler am WLAN</translation>
  </message>
  <message>
   <source>Wi-Fi network</source>
   <translation>WLAN</translation>
  </message>
  <message>
   <source>Wi-Fi network with login (802.1X)</source>
   <translation>WLAN mit Anmeldung (802.1X)</translation>
  </message>
  <message>
   <source>Wi-Fi scan</source>
   <translation>WLAN-Suche</translation>
  </message>
  <message>
   <source>With this computer's adapter, recording requires `btmon` and root. Run as root, or omit --btsnoop.</source>
   <translation>Mit dem Adapter dieses Computers sind dafür `btmon` und Root-Rechte nötig. Starten Sie als Root, oder lassen Sie --btsnoop weg.</translation>
  </message>
  <message>
   <source>Without a secret</source>
   <translation>Ohne Geheimnis</translation>
  </message>
  <message>
   <source>Write it like postgresql://name@server/database, or “local” for this computer.</source>
   <translation>Schreiben Sie sie wie postgresql://name@server/datenbank oder „local“ für diesen Computer.</translation>
  </message>
  <message>
   <source>Write it to a file that does not end in .png.</source>
   <translation>Schreiben Sie sie in eine Datei, die nicht auf .png endet.</translation>
  </message>
  <message>
   <source>Wrong PIN for the hardware token {token}</source>
   <translation>Falsche PIN für das Hardware-Token {token}</translation>
  </message>
  <message>
   <source>Wrong passphrase for the backup</source>
   <translation>Falsche Passphrase für die Sicherung</translation>
  </message>
  <message>
   <source>Wrong passphrase for the key file</source>
   <translation>Falsche Passphrase für die Schlüsseldatei</translation>
  </message>
  <message>
   <source>Wrong password for {ssid}</source>
   <translation>Falsches Passwort für {ssid}</translation>
  </message>
  <message>
   <source>Xiaomi Home device</source>
   <translation>Xiaomi-Home-Gerät</translation>
  </message>
  <message>
   <source>You accepted this risk. The report lists what failed.</source>
   <translation>Sie haben dieses Risiko akzeptiert. Der Bericht nennt, was fehlgeschlagen ist.</translation>
  </message>
  <message>
   <source>You already own this device</source>
   <translation>Dieses Gerät gehört Ihnen bereits</translation>
  </message>
  <message>
   <source>You chose a method without a secret</source>
   <translation>Sie haben eine Methode ohne Geheimnis gewählt</translation>
  </message>
  <message>
   <source>You have no grant for this device</source>
   <translation>Sie haben keine Vollmacht für dieses Gerät</translation>
  </message>
  <message>
   <source>You have several grants for setting up devices</source>
   <translation>Sie haben mehrere Vollmachten zum Einrichten von Geräten</translation>
  </message>
  <message>
   <source>You now own the device</source>
   <translation>Das Gerät gehört jetzt Ihnen</translation>
  </message>
  <message>
   <source>You revoked its certificates because someone else may have the device or its key. If you are sure that it is safe to use again, run again with `--accept-risks`.</source>
   <translation>Sie haben seine Zertifikate widerrufen, weil jemand anderes das Gerät oder seinen Schlüssel haben kann. Wenn Sie sicher sind, dass es wieder verwendet werden darf, starten Sie erneut mit `--accept-risks`.</translation>
  </message>
  <message>
   <source>Your CA</source>
   <translation>Ihre CA</translation>
  </message>
  <message>
   <source>Your CA certificate for {owner}'s devices is missing or has expired. Ask {owner} to export the grant again.</source>
   <translation>Ihr CA-Zertifikat für die Geräte von {owner} fehlt oder ist abgelaufen. Bitten Sie {owner}, die Vollmacht erneut zu exportieren.</translation>
  </message>
  <message>
   <source>Your CA is switched off there</source>
   <translation>Ihre CA ist dort ausgeschaltet</translation>
  </message>
  <message>
   <source>Your CA is there with template {named}, not {template}</source>
   <translation>Ihre CA ist dort mit der Vorlage {named}, nicht {template}</translation>
  </message>
  <message>
   <source>Your CA is there without automatic registration</source>
   <translation>Ihre CA ist dort ohne automatische Registrierung</translation>
  </message>
  <message>
   <source>Your account may not do this: {action}</source>
   <translation>Ihr Konto darf das nicht: {action}</translation>
  </message>
  <message>
   <source>Your account may not look at roles</source>
   <translation>Ihr Konto darf Rollen nicht ansehen</translation>
  </message>
  <message>
   <source>Your app rejects devices that the holder sets up from now on. But Matter devices can't be told: they accept the holder's Matter certificate until {until}, without a clock even longer. The only way to end that earlier is to reset your Matter devices and set them up in a new fabric.</source>
   <translation>Ihre App lehnt Geräte ab, die die bevollmächtigte Person ab jetzt einrichtet. Matter-Geräten kann das aber nicht mitgeteilt werden: Sie nehmen das Matter-Zertifikat der bevollmächtigten Person bis {until} an, ohne Uhr noch länger. Früher endet das nur, wenn Sie Ihre Matter-Geräte zurücksetzen und in einer neuen Fabric einrichten.</translation>
  </message>
  <message>
   <source>Your commissioner certificate does not allow this</source>
   <translation>Ihr Commissioner-Zertifikat erlaubt das nicht</translation>
  </message>
  <message>
   <source>Your company's CA (EST)</source>
   <translation>CA Ihrer Firma (EST)</translation>
  </message>
  <message>
   <source>Your company's certificate server certifies each device. The device's key never leaves it.</source>
   <translation>Der Zertifikatserver Ihrer Firma zertifiziert jedes Gerät. Der Schlüssel des Geräts verlässt es nie.</translation>
  </message>
  <message>
   <source>Your firmware rule for {subject} can't be checked on this device</source>
   <translation>Ihre Firmware-Regel für {subject} lässt sich an diesem Gerät nicht prüfen</translation>
  </message>
  <message>
   <source>Your firmware rule for {subject} was not checked</source>
   <translation>Ihre Firmware-Regel für {subject} wurde nicht geprüft</translation>
  </message>
  <message>
   <source>Your key file has no passphrase</source>
   <translation>Ihre Schlüsseldatei hat keine Passphrase</translation>
  </message>
  <message>
   <source>Your own broker</source>
   <translation>Ihr eigener Broker</translation>
  </message>
  <message>
   <source>Your own grant allows at most this many devices: {limit}.</source>
   <translation>Ihre eigene Vollmacht erlaubt höchstens so viele Geräte: {limit}.</translation>
  </message>
  <message>
   <source>Your own grant can be passed on this many times: {limit}. The new grant must allow fewer.</source>
   <translation>Ihre eigene Vollmacht darf so oft weitergegeben werden: {limit}. Die neue muss weniger erlauben.</translation>
  </message>
  <message>
   <source>Your own grant ends earlier: {limit}.</source>
   <translation>Ihre eigene Vollmacht endet früher: {limit}.</translation>
  </message>
  <message>
   <source>Your own grant is for fewer sites or devices.</source>
   <translation>Ihre eigene Vollmacht gilt für weniger Standorte oder Geräte.</translation>
  </message>
  <message>
   <source>Your own grant is valid only from {limit} UTC.</source>
   <translation>Ihre eigene Vollmacht gilt nur von {limit} UTC.</translation>
  </message>
  <message>
   <source>Your own grant lacks one of these rights, or the right to pass rights on.</source>
   <translation>Ihrer eigenen Vollmacht fehlt eines dieser Rechte oder das Recht zur Weitergabe.</translation>
  </message>
  <message>
   <source>Your own grant starts later: {limit}.</source>
   <translation>Ihre eigene Vollmacht beginnt später: {limit}.</translation>
  </message>
  <message>
   <source>Your record keeps what arrived first. Query the device to see what it has.</source>
   <translation>Ihr Eintrag behält, was zuerst ankam. Fragen Sie das Gerät ab, um zu sehen, was es hat.</translation>
  </message>
  <message>
   <source>Your role in the registry doesn't allow this</source>
   <translation>Ihre Rolle in der Registry erlaubt das nicht</translation>
  </message>
  <message>
   <source>Z-Wave devices are not reachable over Bluetooth. Scan this code with a Z-Wave controller: Home Assistant with Z-Wave JS, SmartThings or Hubitat.</source>
   <translation>Z-Wave-Geräte sind über Bluetooth nicht erreichbar. Scannen Sie diesen Code mit einem Z-Wave-Controller: Home Assistant mit Z-Wave JS, SmartThings oder Hubitat.</translation>
  </message>
  <message>
   <source>Zigbee device</source>
   <translation>Zigbee-Gerät</translation>
  </message>
  <message>
   <source>Zigbee devices are not reachable over Bluetooth. Add this install code to a Zigbee hub: the manufacturer's, Home Assistant or Zigbee2MQTT.</source>
   <translation>Zigbee-Geräte sind über Bluetooth nicht erreichbar. Fügen Sie diesen Installationscode einer Zigbee-Zentrale hinzu: der des Herstellers, Home Assistant oder Zigbee2MQTT.</translation>
  </message>
  <message>
   <source>`companion commissioner` shows what it allows. Ask the manufacturer for another one.</source>
   <translation>`companion commissioner` zeigt, was es erlaubt. Bitten Sie den Hersteller um ein anderes.</translation>
  </message>
  <message>
   <source>`companion voucher verify` shows every check. Ask whoever sent it for a valid one.</source>
   <translation>`companion voucher verify` zeigt jede Prüfung. Bitten Sie den Absender um einen gültigen.</translation>
  </message>
  <message>
   <source>after it expires</source>
   <translation>nach dem Ablauf</translation>
  </message>
  <message>
   <source>at {sites}</source>
   <translation>am Standort {sites}</translation>
  </message>
  <message>
   <source>before it starts</source>
   <translation>vor dem Beginn</translation>
  </message>
  <message>
   <source>bluetoothctl power on</source>
   <translation>bluetoothctl power on</translation>
  </message>
  <message>
   <source>bluetoothd does not respond</source>
   <translation>bluetoothd reagiert nicht</translation>
  </message>
  <message>
   <source>bluetoothd is running</source>
   <translation>bluetoothd läuft</translation>
  </message>
  <message>
   <source>brew install zbar</source>
   <translation>brew install zbar</translation>
  </message>
  <message>
   <source>change their network</source>
   <translation>deren Netz ändern</translation>
  </message>
  <message>
   <source>chmod u+rwx {folder}, or choose another folder with --data-dir</source>
   <translation>chmod u+rwx {folder}, oder mit --data-dir einen anderen Ordner wählen</translation>
  </message>
  <message>
   <source>companion registry check</source>
   <translation>companion registry check</translation>
  </message>
  <message>
   <source>companion registry deliver</source>
   <translation>companion registry deliver</translation>
  </message>
  <message>
   <source>companion registry roles --apply, as its owner</source>
   <translation>companion registry roles --apply, als Eigentümer</translation>
  </message>
  <message>
   <source>companion registry use, with ?sslmode=verify-full</source>
   <translation>companion registry use, mit ?sslmode=verify-full</translation>
  </message>
  <message>
   <source>companion trust crl, then install the file on your broker</source>
   <translation>companion trust crl, dann die Datei auf dem Broker installieren</translation>
  </message>
  <message>
   <source>developer.apple.com → Profiles and Logs: install “Bluetooth Central Matter Client Developer Mode”, then restart this Mac</source>
   <translation>developer.apple.com → Profiles and Logs: „Bluetooth Central Matter Client Developer Mode“ installieren, dann diesen Mac neu starten</translation>
  </message>
  <message>
   <source>eSIM activation code</source>
   <translation>eSIM-Aktivierungscode</translation>
  </message>
  <message>
   <source>everywhere</source>
   <translation>überall</translation>
  </message>
  <message>
   <source>it can't be read</source>
   <translation>er ist nicht lesbar</translation>
  </message>
  <message>
   <source>its grants do not begin with one of yours, or the device accepted others</source>
   <translation>seine Vollmachten beginnen nicht mit einer von Ihnen, oder das Gerät hat andere angenommen</translation>
  </message>
  <message>
   <source>its receipt is not what the device signed</source>
   <translation>seine Quittung ist nicht die, die das Gerät signiert hat</translation>
  </message>
  <message>
   <source>macOS blocks Bluetooth access to Matter devices</source>
   <translation>macOS blockiert den Bluetooth-Zugriff auf Matter-Geräte</translation>
  </message>
  <message>
   <source>more than 1 device</source>
   <translation>mehr als 1 Gerät</translation>
  </message>
  <message>
   <source>more than once with one device</source>
   <translation>mehr als einmal mit einem Gerät</translation>
  </message>
  <message>
   <source>more than {devices} devices</source>
   <translation>mehr als {devices} Geräte</translation>
  </message>
  <message>
   <source>more than {uses} times with one device</source>
   <translation>mehr als {uses} Mal mit einem Gerät</translation>
  </message>
  <message>
   <source>other actions</source>
   <translation>andere Aktionen</translation>
  </message>
  <message>
   <source>other sites or devices</source>
   <translation>andere Standorte oder Geräte</translation>
  </message>
  <message>
   <source>outside {hours} UTC</source>
   <translation>außerhalb von {hours} UTC</translation>
  </message>
  <message>
   <source>pass rights on</source>
   <translation>Rechte weitergeben</translation>
  </message>
  <message>
   <source>passing on more than once</source>
   <translation>mehr als einmalige Weitergabe</translation>
  </message>
  <message>
   <source>passing on more than {depth} times</source>
   <translation>mehr als {depth}-malige Weitergabe</translation>
  </message>
  <message>
   <source>pip install --force-reinstall pyzbar</source>
   <translation>pip install --force-reinstall pyzbar</translation>
  </message>
  <message>
   <source>pip install --upgrade 'companion[gui,virtual]'</source>
   <translation>pip install --upgrade 'companion[gui,virtual]'</translation>
  </message>
  <message>
   <source>pip install --upgrade companion[gui,virtual]</source>
   <translation>pip install --upgrade companion[gui,virtual]</translation>
  </message>
  <message>
   <source>query them</source>
   <translation>sie abfragen</translation>
  </message>
  <message>
   <source>renew their certificates</source>
   <translation>deren Zertifikate erneuern</translation>
  </message>
  <message>
   <source>reset them</source>
   <translation>sie zurücksetzen</translation>
  </message>
  <message>
   <source>rfkill unblock bluetooth &amp;&amp; bluetoothctl power on</source>
   <translation>rfkill unblock bluetooth &amp;&amp; bluetoothctl power on</translation>
  </message>
  <message>
   <source>set up new devices</source>
   <translation>neue Geräte einrichten</translation>
  </message>
  <message>
   <source>sudo apt install -t bookworm-backports linux-image-amd64</source>
   <translation>sudo apt install -t bookworm-backports linux-image-amd64</translation>
  </message>
  <message>
   <source>sudo apt install bluez &amp;&amp; sudo systemctl enable --now bluetooth</source>
   <translation>sudo apt install bluez &amp;&amp; sudo systemctl enable --now bluetooth</translation>
  </message>
  <message>
   <source>sudo apt install fonts-dejavu-core</source>
   <translation>sudo apt install fonts-dejavu-core</translation>
  </message>
  <message>
   <source>sudo apt install gnome-keyring, or set COMPANION_PASSPHRASE</source>
   <translation>sudo apt install gnome-keyring, oder COMPANION_PASSPHRASE setzen</translation>
  </message>
  <message>
   <source>sudo apt install libzbar0</source>
   <translation>sudo apt install libzbar0</translation>
  </message>
  <message>
   <source>sudo apt install pcscd &amp;&amp; sudo systemctl enable --now pcscd.socket</source>
   <translation>sudo apt install pcscd &amp;&amp; sudo systemctl enable --now pcscd.socket</translation>
  </message>
  <message>
   <source>sudo modprobe bluetooth</source>
   <translation>sudo modprobe bluetooth</translation>
  </message>
  <message>
   <source>sudo sh -c 'echo blacklist pn533_usb &gt; /etc/modprobe.d/pn533.conf; modprobe -r pn533_usb'</source>
   <translation>sudo sh -c 'echo blacklist pn533_usb &gt; /etc/modprobe.d/pn533.conf; modprobe -r pn533_usb'</translation>
  </message>
  <message>
   <source>sudo systemctl start dbus</source>
   <translation>sudo systemctl start dbus</translation>
  </message>
  <message>
   <source>sudo timedatectl set-ntp true</source>
   <translation>sudo timedatectl set-ntp true</translation>
  </message>
  <message>
   <source>sudo usermod -aG audio $USER, then log in again</source>
   <translation>sudo usermod -aG audio $USER, dann neu anmelden</translation>
  </message>
  <message>
   <source>sudo usermod -aG bluetooth $USER, then log in again</source>
   <translation>sudo usermod -aG bluetooth $USER, dann neu anmelden</translation>
  </message>
  <message>
   <source>sudo usermod -aG video $USER, then log in again</source>
   <translation>sudo usermod -aG video $USER, dann neu anmelden</translation>
  </message>
  <message>
   <source>the delegate's signature or the certificate is not valid</source>
   <translation>seine Signatur oder das Zertifikat darin ist ungültig</translation>
  </message>
  <message>
   <source>the device belongs to another owner</source>
   <translation>das Gerät hat einen anderen Eigentümer</translation>
  </message>
  <message>
   <source>what came with its receipt is not what the device accepted</source>
   <translation>was mit seiner Quittung kam, ist nicht das, was das Gerät angenommen hat</translation>
  </message>
  <message>
   <source>with {count} listed serial numbers</source>
   <translation>mit {count} aufgeführten Seriennummern</translation>
  </message>
  <message>
   <source>with {serials}</source>
   <translation>mit {serials}</translation>
  </message>
  <message>
   <source>zbar available as a second decoder</source>
   <translation>zbar als zweiter Decoder verfügbar</translation>
  </message>
  <message>
   <source>zbar is missing: codes are harder to read in poor light</source>
   <translation>zbar fehlt: Bei schlechtem Licht werden Codes seltener erkannt</translation>
  </message>
  <message>
   <source>{advice}</source>
   <translation>{advice}</translation>
  </message>
  <message>
   <source>{begin} to {end} UTC</source>
   <translation>{begin} bis {end} UTC</translation>
  </message>
  <message>
   <source>{cloud} can't be reached from this computer</source>
   <translation>{cloud} ist von diesem Computer nicht erreichbar</translation>
  </message>
  <message>
   <source>{cloud} sent an unusable answer</source>
   <translation>{cloud} hat eine unbrauchbare Antwort geschickt</translation>
  </message>
  <message>
   <source>{count} devices added between {begin} and {end}. In {weeks} weeks, none between {from} and {until}.</source>
   <translation>{count} Geräte zwischen {begin} und {end} hinzugefügt. In {weeks} Wochen keines zwischen {from} und {until}.</translation>
  </message>
  <message>
   <source>{count} devices added between {begin} and {end}. In {weeks} weeks, that happened on {days} days.</source>
   <translation>{count} Geräte zwischen {begin} und {end} hinzugefügt. In {weeks} Wochen geschah das an {days} Tagen.</translation>
  </message>
  <message>
   <source>{count} devices added between {begin} and {end}. Usual for that hour: about {usual}.</source>
   <translation>{count} Geräte zwischen {begin} und {end} hinzugefügt. Üblich für diese Stunde: etwa {usual}.</translation>
  </message>
  <message>
   <source>{count} devices added within {hours} hours, in {used} different hours, {unusual} of which are unusual.</source>
   <translation>{count} Geräte innerhalb von {hours} Stunden hinzugefügt, in {used} verschiedenen Stunden, von denen {unusual} unüblich sind.</translation>
  </message>
  <message>
   <source>{count} devices added within {hours} hours, in {used} different hours. Fewer are usual.</source>
   <translation>{count} Geräte innerhalb von {hours} Stunden hinzugefügt, in {used} verschiedenen Stunden. Üblich sind weniger.</translation>
  </message>
  <message>
   <source>{count} devices were onboarded. The grant allows {allowed}.</source>
   <translation>{count} Geräte wurden eingerichtet. Die Vollmacht erlaubt {allowed}.</translation>
  </message>
  <message>
   <source>{count} in a row, the last one until {until}</source>
   <translation>{count} nacheinander, die letzte bis {until}</translation>
  </message>
  <message>
   <source>{count} of the last {size} devices are of model {model}. Usual: about {usual}.</source>
   <translation>{count} der letzten {size} Geräte sind vom Modell {model}. Üblich: etwa {usual}.</translation>
  </message>
  <message>
   <source>{done} commissioned, {aside} put aside</source>
   <translation>{done} eingerichtet, {aside} beiseitegelegt</translation>
  </message>
  <message>
   <source>{done} commissioned, {aside} put aside, {left} not set up</source>
   <translation>{done} eingerichtet, {aside} beiseitegelegt, {left} offen</translation>
  </message>
  <message>
   <source>{endpoint}</source>
   <translation>{endpoint}</translation>
  </message>
  <message>
   <source>{endpoint} has the device, and nothing is missing</source>
   <translation>{endpoint} hat das Gerät, und nichts fehlt</translation>
  </message>
  <message>
   <source>{file} already exists</source>
   <translation>{file} gibt es schon</translation>
  </message>
  <message>
   <source>{file} does not exist</source>
   <translation>{file} gibt es nicht</translation>
  </message>
  <message>
   <source>{file} is a link or not a plain file</source>
   <translation>{file} ist ein Link oder keine gewöhnliche Datei</translation>
  </message>
  <message>
   <source>{file} is an ownership voucher of FDO 1.0</source>
   <translation>{file} ist ein Ownership Voucher von FDO 1.0</translation>
  </message>
  <message>
   <source>{file} is not a Companion report</source>
   <translation>{file} ist kein Companion-Bericht</translation>
  </message>
  <message>
   <source>{file} is not a table of devices</source>
   <translation>{file} ist keine Gerätetabelle</translation>
  </message>
  <message>
   <source>{file} is not a valid ownership voucher or key</source>
   <translation>{file} ist kein gültiger Ownership Voucher oder Schlüssel</translation>
  </message>
  <message>
   <source>{first} and {second} have the same secret; nothing was printed. Give each device its own.</source>
   <translation>{first} und {second} haben dasselbe Geheimnis; es wurde nichts gedruckt. Geben Sie jedem Gerät ein eigenes.</translation>
  </message>
  <message>
   <source>{folder} belongs to another user</source>
   <translation>{folder} gehört einem anderen Benutzerkonto</translation>
  </message>
  <message>
   <source>{folder} → Properties → Security, or choose another folder with --data-dir</source>
   <translation>{folder} → Eigenschaften → Sicherheit, oder mit --data-dir einen anderen Ordner wählen</translation>
  </message>
  <message>
   <source>{format} images can't be opened on this computer</source>
   <translation>Dieser Computer kann Bilder im Format {format} nicht öffnen</translation>
  </message>
  <message>
   <source>{free} MB free for {folder}</source>
   <translation>{free} MB frei für {folder}</translation>
  </message>
  <message>
   <source>{holder} may {rights} – {places} – from {since} until {until}.</source>
   <translation>{holder} darf {rights} – {places} – von {since} bis {until}.</translation>
  </message>
  <message>
   <source>{holder} may {rights} – {places} – until {until}.</source>
   <translation>{holder} darf {rights} – {places} – bis {until}.</translation>
  </message>
  <message>
   <source>{holder} may {rights} – {places}, 1 device at most – from {since} until {until}.</source>
   <translation>{holder} darf {rights} – {places}, höchstens 1 Gerät – von {since} bis {until}.</translation>
  </message>
  <message>
   <source>{holder} may {rights} – {places}, 1 device at most – until {until}.</source>
   <translation>{holder} darf {rights} – {places}, höchstens 1 Gerät – bis {until}.</translation>
  </message>
  <message>
   <source>{holder} may {rights} – {places}, {devices} devices at most – from {since} until {until}.</source>
   <translation>{holder} darf {rights} – {places}, höchstens {devices} Geräte – von {since} bis {until}.</translation>
  </message>
  <message>
   <source>{holder} may {rights} – {places}, {devices} devices at most – until {until}.</source>
   <translation>{holder} darf {rights} – {places}, höchstens {devices} Geräte – bis {until}.</translation>
  </message>
  <message>
   <source>{kind}</source>
   <translation>{kind}</translation>
  </message>
  <message>
   <source>{names}</source>
   <translation>{names}</translation>
  </message>
  <message>
   <source>{name}</source>
   <translation>{name}</translation>
  </message>
  <message>
   <source>{name} accepted credentials</source>
   <translation>{name} hat Zugangsdaten angenommen</translation>
  </message>
  <message>
   <source>{name} at {hub}</source>
   <translation>{name} bei {hub}</translation>
  </message>
  <message>
   <source>{name} can now be transferred with the token</source>
   <translation>{name} kann jetzt mit dem Token übertragen werden</translation>
  </message>
  <message>
   <source>{name} did not sign it</source>
   <translation>{name} hat ihn nicht signiert</translation>
  </message>
  <message>
   <source>{name} has no certificate to revoke</source>
   <translation>{name} hat kein Zertifikat, das widerrufen werden kann</translation>
  </message>
  <message>
   <source>{name} is connected now</source>
   <translation>{name} ist jetzt verbunden</translation>
  </message>
  <message>
   <source>{name} is no longer controlled from here</source>
   <translation>{name} wird von hier nicht mehr gesteuert</translation>
  </message>
  <message>
   <source>{name} is not among its witnesses under this key</source>
   <translation>{name} ist mit diesem Schlüssel nicht unter seinen Zeugen</translation>
  </message>
  <message>
   <source>{name} is of another type: {type}</source>
   <translation>{name} ist von einem anderen Typ: {type}</translation>
  </message>
  <message>
   <source>{name} is registered and has not connected yet</source>
   <translation>{name} ist registriert und hat sich noch nicht verbunden</translation>
  </message>
  <message>
   <source>{name} is revoked</source>
   <translation>{name} ist widerrufen</translation>
  </message>
  <message>
   <source>{name} is set up</source>
   <translation>{name} ist eingerichtet</translation>
  </message>
  <message>
   <source>{name} is set up for its owner</source>
   <translation>{name} ist für den Eigentümer eingerichtet</translation>
  </message>
  <message>
   <source>{name} is switched off</source>
   <translation>{name} ist ausgeschaltet</translation>
  </message>
  <message>
   <source>{name} is yours</source>
   <translation>{name} gehört Ihnen</translation>
  </message>
  <message>
   <source>{name} may have credentials</source>
   <translation>{name} hat möglicherweise Zugangsdaten</translation>
  </message>
  <message>
   <source>{name} names {fields}, which our certificates do not have</source>
   <translation>{name} nennt {fields}, was unsere Zertifikate nicht haben</translation>
  </message>
  <message>
   <source>{name} reports that it has no owner</source>
   <translation>{name} meldet, dass es keinen Eigentümer hat</translation>
  </message>
  <message>
   <source>{name} was connected before</source>
   <translation>{name} war schon verbunden</translation>
  </message>
  <message>
   <source>{name} was removed</source>
   <translation>{name} wurde entfernt</translation>
  </message>
  <message>
   <source>{name} was reset and still belongs to its owner</source>
   <translation>{name} wurde zurückgesetzt und gehört weiter seinem Eigentümer</translation>
  </message>
  <message>
   <source>{name}, at {time}</source>
   <translation>{name}, um {time}</translation>
  </message>
  <message>
   <source>{name}, which has {more} older certificates too: deactivate them</source>
   <translation>{name}, das außerdem {more} ältere Zertifikate hat: Deaktivieren Sie diese</translation>
  </message>
  <message>
   <source>{network} was imported, and its IV index is not known yet. Talk to one of its nodes first, for example with `companion mesh configure`.</source>
   <translation>{network} wurde importiert, und sein IV-Index ist noch nicht bekannt. Sprechen Sie zuerst mit einem seiner Knoten, zum Beispiel mit `companion mesh configure`.</translation>
  </message>
  <message>
   <source>{node} has forgotten the old keys</source>
   <translation>{node} hat die alten Schlüssel vergessen</translation>
  </message>
  <message>
   <source>{node} has the new keys</source>
   <translation>{node} hat die neuen Schlüssel</translation>
  </message>
  <message>
   <source>{node} uses the new keys</source>
   <translation>{node} benutzt die neuen Schlüssel</translation>
  </message>
  <message>
   <source>{owner} revoked it.</source>
   <translation>{owner} hat sie widerrufen.</translation>
  </message>
  <message>
   <source>{place} in the file is not {wanted}.</source>
   <translation>{place} in der Datei ist nicht {wanted}.</translation>
  </message>
  <message>
   <source>{policy}</source>
   <translation>{policy}</translation>
  </message>
  <message>
   <source>{protocol} has no certificate login. Use a network with a password, or a device that supports RP1.</source>
   <translation>{protocol} hat keine Anmeldung mit Zertifikat. Verwenden Sie ein Netz mit Passwort oder ein Gerät, das RP1 unterstützt.</translation>
  </message>
  <message>
   <source>{seconds} s per device</source>
   <translation>{seconds} s je Gerät</translation>
  </message>
  <message>
   <source>{serial}, firmware {firmware}, ownership counter {epoch}; last change complete</source>
   <translation>{serial}, Firmware {firmware}, Eigentumszähler {epoch}; letzte Änderung abgeschlossen</translation>
  </message>
  <message>
   <source>{serial}, firmware {firmware}, ownership counter {epoch}; last change pending</source>
   <translation>{serial}, Firmware {firmware}, Eigentumszähler {epoch}; letzte Änderung noch offen</translation>
  </message>
  <message>
   <source>{serial}, firmware {firmware}, ownership counter {epoch}; last change unknown to the device</source>
   <translation>{serial}, Firmware {firmware}, Eigentumszähler {epoch}; letzte Änderung dem Gerät unbekannt</translation>
  </message>
  <message>
   <source>{server}, certificates: {count}</source>
   <translation>{server}, Zertifikate: {count}</translation>
  </message>
  <message>
   <source>{sites} or {serials}</source>
   <translation>{sites} oder {serials}</translation>
  </message>
  <message>
   <source>{size} entries at {time}</source>
   <translation>{size} Einträge um {time}</translation>
  </message>
  <message>
   <source>{size} entries, root {root}…</source>
   <translation>{size} Einträge, Wurzel {root}…</translation>
  </message>
  <message>
   <source>{ssid} can't be checked from this computer</source>
   <translation>{ssid} lässt sich von diesem Computer aus nicht prüfen</translation>
  </message>
  <message>
   <source>{ssid} rejects the login without a reason</source>
   <translation>{ssid} lehnt die Anmeldung ohne Grund ab</translation>
  </message>
  <message>
   <source>{ssid}'s login server doesn't send its CA</source>
   <translation>Der Anmeldeserver von {ssid} sendet seine CA nicht</translation>
  </message>
  <message>
   <source>{ssid}'s login server has a different name</source>
   <translation>Der Anmeldeserver von {ssid} hat einen anderen Namen</translation>
  </message>
  <message>
   <source>{ssid}'s login server rejects the certificate</source>
   <translation>Der Anmeldeserver von {ssid} lehnt das Zertifikat ab</translation>
  </message>
  <message>
   <source>{ssid}'s login server says that the certificate is revoked</source>
   <translation>Der Anmeldeserver von {ssid} meldet das Zertifikat als widerrufen</translation>
  </message>
  <message>
   <source>{ssid}'s login server uses an expired revocation list</source>
   <translation>Der Anmeldeserver von {ssid} verwendet eine abgelaufene Widerrufsliste</translation>
  </message>
  <message>
   <source>{subject}, SHA-256 {fingerprint}</source>
   <translation>{subject}, SHA-256 {fingerprint}</translation>
  </message>
  <message>
   <source>{title}, from {distribution}</source>
   <translation>{title}, aus {distribution}</translation>
  </message>
  <message>
   <source>{verdict}</source>
   <translation>{verdict}</translation>
  </message>
  <message>
   <source>{versions}</source>
   <translation>{versions}</translation>
  </message>
  <message>
   <source>{when}</source>
   <translation>{when}</translation>
  </message>
  <message>
   <source>“{name}” was changed meanwhile by {operator}</source>
   <translation>„{name}“ wurde inzwischen von {operator} geändert</translation>
  </message>
  <message>
   <source>“{wanted}” matches no app, or several</source>
   <translation>„{wanted}“ passt auf keine App oder auf mehrere</translation>
  </message>
  <message>
   <source>“{wanted}” matches several records</source>
   <translation>„{wanted}“ passt auf mehrere Einträge</translation>
  </message>
 </context>
 <context>
  <name>evaluation</name>
  <message>
   <source>Adoption</source>
   <translation>Verbreitung</translation>
  </message>
  <message>
   <source>Can a recording be used again?</source>
   <translation>Lässt sich eine Aufzeichnung erneut verwenden?</translation>
  </message>
  <message>
   <source>Can another device pass for it?</source>
   <translation>Kann sich ein anderes Gerät dafür ausgeben?</translation>
  </message>
  <message>
   <source>Can someone in between read or change what is sent?</source>
   <translation>Kann jemand dazwischen Gesendetes lesen oder ändern?</translation>
  </message>
  <message>
   <source>Can someone make both ends agree on less?</source>
   <translation>Kann jemand beide Seiten zu weniger bewegen?</translation>
  </message>
  <message>
   <source>Downgrade</source>
   <translation>Herabstufung</translation>
  </message>
  <message>
   <source>Effort</source>
   <translation>Aufwand</translation>
  </message>
  <message>
   <source>Hardware</source>
   <translation>Hardware</translation>
  </message>
  <message>
   <source>How does it do for many devices?</source>
   <translation>Wie geht es mit vielen Geräten?</translation>
  </message>
  <message>
   <source>Man in the middle</source>
   <translation>Man in the Middle</translation>
  </message>
  <message>
   <source>No record here says how this device was set up.</source>
   <translation>Keine Aufzeichnung hier sagt, wie dieses Gerät eingerichtet wurde.</translation>
  </message>
  <message>
   <source>Nothing measured</source>
   <translation>Nichts gemessen</translation>
  </message>
  <message>
   <source>Replay</source>
   <translation>Replay</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>Skalierung</translation>
  </message>
  <message>
   <source>Spoofing</source>
   <translation>Spoofing</translation>
  </message>
  <message>
   <source>These are the ways that there are.</source>
   <translation>Das sind die Wege, die es gibt.</translation>
  </message>
  <message>
   <source>This device: {method}</source>
   <translation>Dieses Gerät: {method}</translation>
  </message>
  <message>
   <source>What does it ask of people?</source>
   <translation>Was verlangt es von Menschen?</translation>
  </message>
  <message>
   <source>What does the device need for it?</source>
   <translation>Was braucht das Gerät dafür?</translation>
  </message>
  <message>
   <source>What was measured when this device was set up, beside another way to do it.</source>
   <translation>Was beim Einrichten dieses Geräts gemessen wurde, neben einem anderen Weg.</translation>
  </message>
  <message>
   <source>Who offers it?</source>
   <translation>Wer bietet es an?</translation>
  </message>
  <message>
   <source>by design</source>
   <translation>bauartbedingt</translation>
  </message>
  <message>
   <source>fair</source>
   <translation>mittel</translation>
  </message>
  <message>
   <source>good</source>
   <translation>gut</translation>
  </message>
  <message>
   <source>measured</source>
   <translation>gemessen</translation>
  </message>
  <message>
   <source>poor</source>
   <translation>schwach</translation>
  </message>
 </context>
 <context>
  <name>fabrics</name>
  <message>
   <source>A device in one fabric knows nothing of the others. New Matter devices join the default one.</source>
   <translation>Ein Gerät in einer Fabric weiß nichts von den anderen. Neue Matter-Geräte kommen in die Standard-Fabric.</translation>
  </message>
  <message>
   <source>Devices: {count} · {id}</source>
   <translation>Geräte: {count} · {id}</translation>
  </message>
  <message>
   <source>New Matter devices join it.</source>
   <translation>Neue Matter-Geräte kommen hinein.</translation>
  </message>
  <message>
   <source>No device is in {name}. Its keys are deleted.</source>
   <translation>In {name} ist kein Gerät. Die Schlüssel werden gelöscht.</translation>
  </message>
  <message>
   <source>The first Matter device that you set up creates one.</source>
   <translation>Das erste Matter-Gerät, das Sie einrichten, legt eine an.</translation>
  </message>
  <message>
   <source>They are stored with your keys.</source>
   <translation>Sie liegen bei Ihren Schlüsseln.</translation>
  </message>
  <message>
   <source>To use them again, reset them, or share them from another app.</source>
   <translation>Um sie wieder zu verwenden, setzen Sie sie zurück oder teilen Sie sie aus einer anderen App.</translation>
  </message>
  <message>
   <source>You lose control of {names} and {count} more.</source>
   <translation>Sie verlieren die Kontrolle über {names} und {count} weitere.</translation>
  </message>
  <message>
   <source>You lose control of {names}.</source>
   <translation>Sie verlieren die Kontrolle über {names}.</translation>
  </message>
 </context>
 <context>
  <name>firmware</name>
  <message>
   <source>At least sequence number {number}</source>
   <translation>Mindestens Sequenznummer {number}</translation>
  </message>
  <message>
   <source>At least version {version}</source>
   <translation>Mindestens Version {version}</translation>
  </message>
  <message>
   <source>Built</source>
   <translation>Gebaut</translation>
  </message>
  <message>
   <source>Chip revisions</source>
   <translation>Chip-Revisionen</translation>
  </message>
  <message>
   <source>Companion can't check its signature</source>
   <translation>Companion kann ihre Signatur nicht prüfen</translation>
  </message>
  <message>
   <source>Component</source>
   <translation>Komponente</translation>
  </message>
  <message>
   <source>Depends on</source>
   <translation>Setzt voraus</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Device class</source>
   <translation>Geräteklasse</translation>
  </message>
  <message>
   <source>Do not install it: a check failed</source>
   <translation>Installieren Sie sie nicht: Eine Prüfung schlug fehl</translation>
  </message>
  <message>
   <source>ESP-IDF</source>
   <translation>ESP-IDF</translation>
  </message>
  <message>
   <source>Encrypted for</source>
   <translation>Verschlüsselt für</translation>
  </message>
  <message>
   <source>Entry point</source>
   <translation>Einsprungadresse</translation>
  </message>
  <message>
   <source>Every device of {protocol}</source>
   <translation>Jedes Gerät mit {protocol}</translation>
  </message>
  <message>
   <source>Flags</source>
   <translation>Flags</translation>
  </message>
  <message>
   <source>For</source>
   <translation>Für</translation>
  </message>
  <message>
   <source>Full manifest</source>
   <translation>Vollständiges Manifest</translation>
  </message>
  <message>
   <source>Image (digest)</source>
   <translation>Image (Prüfsumme)</translation>
  </message>
  <message>
   <source>Image from</source>
   <translation>Image von</translation>
  </message>
  <message>
   <source>Image size</source>
   <translation>Größe des Images</translation>
  </message>
  <message>
   <source>It is whole</source>
   <translation>Sie ist vollständig</translation>
  </message>
  <message>
   <source>It is whole, and the key that you chose signed it</source>
   <translation>Sie ist vollständig, und der gewählte Schlüssel hat sie signiert</translation>
  </message>
  <message>
   <source>Key (hash)</source>
   <translation>Schlüssel (Hash)</translation>
  </message>
  <message>
   <source>Load address</source>
   <translation>Ladeadresse</translation>
  </message>
  <message>
   <source>Name in the device (hash)</source>
   <translation>Name im Gerät (Hash)</translation>
  </message>
  <message>
   <source>No reused nonce</source>
   <translation>Keine mehrfach verwendete Nonce</translation>
  </message>
  <message>
   <source>Nothing of it could be checked</source>
   <translation>Nichts davon ließ sich prüfen</translation>
  </message>
  <message>
   <source>Nothing of the file was run.</source>
   <translation>Nichts aus der Datei wurde ausgeführt.</translation>
  </message>
  <message>
   <source>Offers {file}</source>
   <translation>Hält {file} bereit</translation>
  </message>
  <message>
   <source>Program (SHA-256)</source>
   <translation>Programm (SHA-256)</translation>
  </message>
  <message>
   <source>Project</source>
   <translation>Projekt</translation>
  </message>
  <message>
   <source>Security counter</source>
   <translation>Sicherheitszähler</translation>
  </message>
  <message>
   <source>Security version</source>
   <translation>Sicherheitsversion</translation>
  </message>
  <message>
   <source>Sequence number</source>
   <translation>Sequenznummer</translation>
  </message>
  <message>
   <source>Signed with</source>
   <translation>Signiert mit</translation>
  </message>
  <message>
   <source>Stops where the device does not say it</source>
   <translation>Stoppt, wenn das Gerät es nicht angibt</translation>
  </message>
  <message>
   <source>Vendor</source>
   <translation>Anbieter</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>Warns where the device does not say it</source>
   <translation>Warnt, wenn das Gerät es nicht angibt</translation>
  </message>
  <message>
   <source>Who made it is not known without the signer's key.</source>
   <translation>Von wem sie stammt, ist ohne den Schlüssel des Signierenden nicht bekannt.</translation>
  </message>
  <message>
   <source>{file}: a SUIT manifest, which says what to install</source>
   <translation>{file}: ein SUIT-Manifest, das sagt, was zu installieren ist</translation>
  </message>
  <message>
   <source>{file}: an MCUboot image, of Zephyr or nRF Connect</source>
   <translation>{file}: ein MCUboot-Image, von Zephyr oder nRF Connect</translation>
  </message>
  <message>
   <source>{file}: an application image of ESP-IDF</source>
   <translation>{file}: ein Anwendungs-Image von ESP-IDF</translation>
  </message>
 </context>
 <context>
  <name>first_start</name>
  <message>
   <source>A Bluetooth adapter is missing. Companion finds one as soon as you connect it.</source>
   <translation>Es fehlt ein Bluetooth-Adapter. Companion findet einen, sobald Sie ihn anschließen.</translation>
  </message>
  <message>
   <source>An attacker can't make both sides show the same number, except with a chance of one in a million.</source>
   <translation>Bei einem Angriff zeigen beide Seiten nur mit einer Wahrscheinlichkeit von eins zu einer Million dieselbe Zahl.</translation>
  </message>
  <message>
   <source>Bluetooth</source>
   <translation>Bluetooth</translation>
  </message>
  <message>
   <source>Bluetooth works</source>
   <translation>Bluetooth funktioniert</translation>
  </message>
  <message>
   <source>Camera</source>
   <translation>Kamera</translation>
  </message>
  <message>
   <source>Camera found</source>
   <translation>Kamera gefunden</translation>
  </message>
  <message>
   <source>Checking</source>
   <translation>Wird geprüft</translation>
  </message>
  <message>
   <source>Checking what this computer has.</source>
   <translation>Companion prüft, was dieser Computer hat.</translation>
  </message>
  <message>
   <source>Connect an adapter.</source>
   <translation>Schließen Sie einen Adapter an.</translation>
  </message>
  <message>
   <source>Devices in range that are ready: {count}</source>
   <translation>Bereite Geräte in Reichweite: {count}</translation>
  </message>
  <message>
   <source>Different numbers mean that the device is connected to someone else, not to you.</source>
   <translation>Verschiedene Zahlen bedeuten: Das Gerät ist mit jemand anderem verbunden, nicht mit Ihnen.</translation>
  </message>
  <message>
   <source>Different numbers reveal an attacker</source>
   <translation>Verschiedene Zahlen verraten einen Angriff</translation>
  </message>
  <message>
   <source>Hold its label in front of the camera, or type its code.</source>
   <translation>Halten Sie sein Etikett vor die Kamera oder tippen Sie seinen Code.</translation>
  </message>
  <message>
   <source>It is on only while you scan a code.</source>
   <translation>Sie ist nur an, während Sie einen Code scannen.</translation>
  </message>
  <message>
   <source>It needs a Bluetooth adapter. Companion finds one as soon as you connect it.</source>
   <translation>Es braucht einen Bluetooth-Adapter. Companion findet einen, sobald Sie ihn anschließen.</translation>
  </message>
  <message>
   <source>Key store</source>
   <translation>Schlüsselspeicher</translation>
  </message>
  <message>
   <source>Keys are kept in a file, protected by a passphrase.</source>
   <translation>Schlüssel liegen in einer Datei, durch eine Passphrase geschützt.</translation>
  </message>
  <message>
   <source>Keys are protected</source>
   <translation>Schlüssel sind geschützt</translation>
  </message>
  <message>
   <source>No device in range is ready to set up yet.</source>
   <translation>Noch ist kein Gerät in Reichweite bereit.</translation>
  </message>
  <message>
   <source>No key store</source>
   <translation>Kein Schlüsselspeicher</translation>
  </message>
  <message>
   <source>Now your real device</source>
   <translation>Jetzt Ihr echtes Gerät</translation>
  </message>
  <message>
   <source>Restoring writes these to this computer. Your devices accept this key.</source>
   <translation>Beim Wiederherstellen kommen diese Daten auf diesen Computer. Ihre Geräte akzeptieren diesen Schlüssel.</translation>
  </message>
  <message>
   <source>Scan or type its code, or choose the device from those nearby.</source>
   <translation>Scannen oder tippen Sie seinen Code, oder wählen Sie das Gerät aus denen in der Nähe.</translation>
  </message>
  <message>
   <source>The attacker can forward your data, so that the device seems to work.</source>
   <translation>Weitergeleitete Daten lassen alles normal aussehen.</translation>
  </message>
  <message>
   <source>The attacker could have become the device's owner</source>
   <translation>Das Gerät hätte nun einen anderen Eigentümer</translation>
  </message>
  <message>
   <source>The attacker would have your Wi-Fi password</source>
   <translation>Ihr WLAN-Passwort wäre in fremden Händen</translation>
  </message>
  <message>
   <source>The connection was ended</source>
   <translation>Die Verbindung wurde beendet</translation>
  </message>
  <message>
   <source>The numbers differed</source>
   <translation>Die Zahlen waren verschieden</translation>
  </message>
  <message>
   <source>This computer is ready. Set up a real device with the same steps.</source>
   <translation>Dieser Computer ist bereit. Richten Sie ein echtes Gerät mit denselben Schritten ein.</translation>
  </message>
  <message>
   <source>This was only a demonstration, so nothing was handed over. With a real attacker:</source>
   <translation>Das war nur eine Vorführung, deshalb wurde nichts übergeben. Bei einem echten Angriff:</translation>
  </message>
  <message>
   <source>This was only a demonstration. The numbers differed, and nothing was handed over.</source>
   <translation>Das war nur eine Vorführung. Die Zahlen waren verschieden, und nichts wurde übergeben.</translation>
  </message>
  <message>
   <source>Type its code, open a picture of it, or choose the device from those nearby.</source>
   <translation>Tippen Sie seinen Code, öffnen Sie ein Bild davon, oder wählen Sie das Gerät aus denen in der Nähe.</translation>
  </message>
  <message>
   <source>Type the code or open a picture of it.</source>
   <translation>Tippen Sie den Code oder öffnen Sie ein Bild davon.</translation>
  </message>
  <message>
   <source>Virtual sensor</source>
   <translation>Virtueller Sensor</translation>
  </message>
  <message>
   <source>What is handed over is encrypted for whoever is at the other end.</source>
   <translation>Was übergeben wird, ist für die andere Seite der Verbindung verschlüsselt, wer immer das ist.</translation>
  </message>
  <message>
   <source>You stopped the attack</source>
   <translation>Sie haben den Angriff gestoppt</translation>
  </message>
  <message>
   <source>You would have connected to the attacker</source>
   <translation>Sie hätten sich mit einem Angreifer verbunden</translation>
  </message>
  <message>
   <source>Your password and keys were not sent.</source>
   <translation>Ihr Passwort und Ihre Schlüssel wurden nicht gesendet.</translation>
  </message>
  <message>
   <source>Your virtual device has a list of its own: Devices, “Show virtual devices”.</source>
   <translation>Ihr virtuelles Gerät steht in einer eigenen Liste: Geräte, „Virtuelle Geräte zeigen“.</translation>
  </message>
 </context>
 <context>
  <name>hsm</name>
  <message>
   <source>A smart card, a YubiKey or an HSM can hold your owner key: it signs there and can't be copied.</source>
   <translation>Eine Smartcard, ein YubiKey oder ein HSM kann Ihren Eigentümerschlüssel aufbewahren: Er signiert dort und lässt sich nicht kopieren.</translation>
  </message>
  <message>
   <source>Choose two tokens: both get the same keys, so one may be lost. One alone needs a backup.</source>
   <translation>Wählen Sie zwei Token: Beide erhalten dieselben Schlüssel, eines darf also verloren gehen. Eines allein braucht eine Sicherung.</translation>
  </message>
  <message>
   <source>Holds your owner key</source>
   <translation>Enthält Ihren Eigentümerschlüssel</translation>
  </message>
  <message>
   <source>Not inserted</source>
   <translation>Nicht eingesteckt</translation>
  </message>
  <message>
   <source>The token signs with your owner key</source>
   <translation>Das Token signiert mit Ihrem Eigentümerschlüssel</translation>
  </message>
  <message>
   <source>They are on {names}, and no longer in the key file. Old copies of that file still hold them.</source>
   <translation>Sie sind auf {names} und nicht mehr in der Schlüsseldatei. Alte Kopien dieser Datei enthalten sie noch.</translation>
  </message>
  <message>
   <source>Token without a name</source>
   <translation>Token ohne Namen</translation>
  </message>
  <message>
   <source>Your keys were moved</source>
   <translation>Ihre Schlüssel wurden verschoben</translation>
  </message>
  <message>
   <source>Your owner key is created with your first device. Then it can move to a token.</source>
   <translation>Ihr Eigentümerschlüssel entsteht mit Ihrem ersten Gerät. Dann können Sie ihn auf ein Token verschieben.</translation>
  </message>
  <message>
   <source>Your owner key is in the key file.</source>
   <translation>Ihr Eigentümerschlüssel liegt in der Schlüsseldatei.</translation>
  </message>
  <message>
   <source>Your owner key is in the key file. No token is inserted, or its driver is not installed.</source>
   <translation>Ihr Eigentümerschlüssel liegt in der Schlüsseldatei. Es ist kein Token eingesteckt, oder sein Treiber ist nicht installiert.</translation>
  </message>
  <message>
   <source>Your owner key is on a hardware token.</source>
   <translation>Ihr Eigentümerschlüssel liegt auf einem Hardware-Token.</translation>
  </message>
  <message>
   <source>{model} · locked. Its PUK unlocks it, in the tool that came with it.</source>
   <translation>{model} · gesperrt. Mit der PUK entsperren Sie es im mitgelieferten Programm.</translation>
  </message>
  <message>
   <source>{model} · no PIN is sent any more, as the next wrong one could lock it.</source>
   <translation>{model} · es wird keine PIN mehr gesendet, denn die nächste falsche könnte es sperren.</translation>
  </message>
  <message>
   <source>{model} · one wrong PIN left before Companion stops</source>
   <translation>{model} · noch eine falsche PIN, bevor Companion aufhört</translation>
  </message>
  <message>
   <source>{model} · two wrong PINs left before Companion stops</source>
   <translation>{model} · noch zwei falsche PINs, bevor Companion aufhört</translation>
  </message>
  <message>
   <source>{token} signed in {count} ms, and the signature is right.</source>
   <translation>{token} hat in {count} ms signiert, und die Signatur stimmt.</translation>
  </message>
 </context>
 <context>
  <name>lab</name>
  <message>
   <source>% of messages</source>
   <translation>% der Nachrichten</translation>
  </message>
  <message>
   <source>1 fault</source>
   <translation>1 Fehler</translation>
  </message>
  <message>
   <source>Also: {faults}</source>
   <translation>Außerdem: {faults}</translation>
  </message>
  <message>
   <source>Blinking light</source>
   <translation>Blinkendes Licht</translation>
  </message>
  <message>
   <source>Busy with another</source>
   <translation>Anderweitig beschäftigt</translation>
  </message>
  <message>
   <source>Drop the link</source>
   <translation>Verbindung abbrechen</translation>
  </message>
  <message>
   <source>End now</source>
   <translation>Jetzt beenden</translation>
  </message>
  <message>
   <source>Enter the codes on the devices, and set them up. Each run is kept in Activity.</source>
   <translation>Geben Sie die Codes auf den Geräten ein, und richten Sie sie ein. Jeder Lauf bleibt im Verlauf.</translation>
  </message>
  <message>
   <source>Every run ended well</source>
   <translation>Alle Läufe sind gelungen</translation>
  </message>
  <message>
   <source>Expired certificate</source>
   <translation>Abgelaufenes Zertifikat</translation>
  </message>
  <message>
   <source>Finished</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Full flash</source>
   <translation>Voller Speicher</translation>
  </message>
  <message>
   <source>It is set up once, on the network that a device joined last. To set it up again, reset it first. Faults need a virtual device.</source>
   <translation>Es wird einmal eingerichtet, in dem Netz, dem zuletzt ein Gerät beigetreten ist. Setzen Sie es zurück, bevor es wieder eingerichtet wird. Fehler brauchen ein virtuelles Gerät.</translation>
  </message>
  <message>
   <source>Lossy air</source>
   <translation>Verlustreiche Luft</translation>
  </message>
  <message>
   <source>Median of each step</source>
   <translation>Median jedes Schritts</translation>
  </message>
  <message>
   <source>NFC tag</source>
   <translation>NFC-Tag</translation>
  </message>
  <message>
   <source>No run yet</source>
   <translation>Noch kein Lauf</translation>
  </message>
  <message>
   <source>Nobody</source>
   <translation>Niemand</translation>
  </message>
  <message>
   <source>Other number</source>
   <translation>Andere Zahl</translation>
  </message>
  <message>
   <source>Outcomes</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Real device</source>
   <translation>Echtes Gerät</translation>
  </message>
  <message>
   <source>Run once</source>
   <translation>Einmal ausführen</translation>
  </message>
  <message>
   <source>Run {number} failed first, in {step}: {title}</source>
   <translation>Lauf {number} schlug zuerst fehl, in {step}: {title}</translation>
  </message>
  <message>
   <source>Run {number} failed first: {title}</source>
   <translation>Lauf {number} schlug zuerst fehl: {title}</translation>
  </message>
  <message>
   <source>Run {runs} times</source>
   <translation>{runs}-mal ausführen</translation>
  </message>
  <message>
   <source>Running</source>
   <translation>Läuft</translation>
  </message>
  <message>
   <source>Same number</source>
   <translation>Gleiche Zahl</translation>
  </message>
  <message>
   <source>Set up the device</source>
   <translation>Gerät einrichten</translation>
  </message>
  <message>
   <source>Set up {runs} devices</source>
   <translation>{runs} Geräte einrichten</translation>
  </message>
  <message>
   <source>Setup code</source>
   <translation>Einrichtungscode</translation>
  </message>
  <message>
   <source>Slow device</source>
   <translation>Langsames Gerät</translation>
  </message>
  <message>
   <source>Sound</source>
   <translation>Ton</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Stopped at {number}</source>
   <translation>Angehalten bei {number}</translation>
  </message>
  <message>
   <source>Stopping</source>
   <translation>Hält an</translation>
  </message>
  <message>
   <source>Switch faults on, choose how often, and run. Each run is kept in Activity.</source>
   <translation>Schalten Sie Fehler ein, wählen Sie, wie oft, und starten Sie. Jeder Lauf steht danach unter Aktivität.</translation>
  </message>
  <message>
   <source>Tampered INFO</source>
   <translation>Verfälschte INFO</translation>
  </message>
  <message>
   <source>The lab can’t go on</source>
   <translation>Das Labor kommt nicht weiter</translation>
  </message>
  <message>
   <source>The slowest was run {number}, with {seconds}.</source>
   <translation>Am langsamsten war Lauf {number} mit {seconds}.</translation>
  </message>
  <message>
   <source>Virtual devices. No radio is used, and your devices stay as they are.</source>
   <translation>Virtuelle Geräte. Kein Funk wird benutzt, und Ihre Geräte bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>Weak random numbers</source>
   <translation>Schwache Zufallszahlen</translation>
  </message>
  <message>
   <source>Wrong number on display</source>
   <translation>Falsche Zahl in der Anzeige</translation>
  </message>
  <message>
   <source>Wrong secret</source>
   <translation>Falsches Geheimnis</translation>
  </message>
  <message>
   <source>You, here</source>
   <translation>Sie, hier</translation>
  </message>
  <message>
   <source>Your devices, over this computer's radio.</source>
   <translation>Ihre Geräte, über den Funk dieses Computers.</translation>
  </message>
  <message>
   <source>at which message</source>
   <translation>bei welcher Nachricht</translation>
  </message>
  <message>
   <source>does not take part</source>
   <translation>nimmt nicht teil</translation>
  </message>
  <message>
   <source>ms per message</source>
   <translation>ms je Nachricht</translation>
  </message>
  <message>
   <source>off</source>
   <translation>aus</translation>
  </message>
  <message>
   <source>takes part</source>
   <translation>nimmt teil</translation>
  </message>
  <message>
   <source>{count} after a retry</source>
   <translation>{count} nach erneutem Versuch</translation>
  </message>
  <message>
   <source>{count} failed</source>
   <translation>{count} fehlgeschlagen</translation>
  </message>
  <message>
   <source>{count} faults</source>
   <translation>{count} Fehler</translation>
  </message>
  <message>
   <source>{count} first try</source>
   <translation>{count} beim ersten Versuch</translation>
  </message>
  <message>
   <source>{count} stopped</source>
   <translation>{count} angehalten</translation>
  </message>
  <message>
   <source>{device}, {code}. No run of this device ended well.</source>
   <translation>{device}, {code}. Kein Lauf dieses Geräts ist gelungen.</translation>
  </message>
  <message>
   <source>{device}, {code}. Run {good} of the same kind ended well.</source>
   <translation>{device}, {code}. Lauf {good} derselben Art ist gelungen.</translation>
  </message>
  <message>
   <source>{done} of {wanted} runs</source>
   <translation>{done} von {wanted} Läufen</translation>
  </message>
  <message>
   <source>{protocol} · {source}</source>
   <translation>{protocol} · {source}</translation>
  </message>
  <message>
   <source>{seconds}, {pace} runs a second, seed {seed}</source>
   <translation>{seconds}, {pace} Läufe pro Sekunde, Startwert {seed}</translation>
  </message>
 </context>
 <context>
  <name>light</name>
  <message>
   <source>Hold the device about a hand's width away.</source>
   <translation>Halten Sie das Gerät etwa eine Handbreit entfernt.</translation>
  </message>
  <message>
   <source>Hold the device closer to the camera.</source>
   <translation>Halten Sie das Gerät näher an die Kamera.</translation>
  </message>
  <message>
   <source>Hold the device still.</source>
   <translation>Halten Sie das Gerät ruhig.</translation>
  </message>
  <message>
   <source>Hold the device still. All of it takes half a minute.</source>
   <translation>Halten Sie das Gerät ruhig. Alles zusammen dauert eine halbe Minute.</translation>
  </message>
  <message>
   <source>Hold up only the one device. If there is only one, someone may be interfering.</source>
   <translation>Zeigen Sie nur das eine Gerät. Wenn es nur eines gibt, stört vielleicht jemand.</translation>
  </message>
  <message>
   <source>It may be a reflection or another lamp. Cover it, and hold the device's own light up.</source>
   <translation>Vielleicht ist es eine Spiegelung oder eine andere Lampe. Decken Sie es ab und zeigen Sie das Licht des Geräts selbst.</translation>
  </message>
  <message>
   <source>Light found</source>
   <translation>Licht gefunden</translation>
  </message>
  <message>
   <source>Looking for a blinking light</source>
   <translation>Ein blinkendes Licht wird gesucht</translation>
  </message>
  <message>
   <source>Read the device's light</source>
   <translation>Licht des Geräts lesen</translation>
  </message>
  <message>
   <source>Reading the light: {share} %</source>
   <translation>Licht wird gelesen: {share} %</translation>
  </message>
  <message>
   <source>Several lights send different codes</source>
   <translation>Mehrere Lichter senden verschiedene Codes</translation>
  </message>
  <message>
   <source>Start the blinking on the device and hold its light to the camera, out of others' view.</source>
   <translation>Starten Sie das Blinken am Gerät und halten Sie das Licht vor die Kamera, ohne dass andere es sehen.</translation>
  </message>
  <message>
   <source>The device moved. Hold it still, or put it down.</source>
   <translation>Das Gerät hat sich bewegt. Halten Sie es ruhig oder legen Sie es ab.</translation>
  </message>
  <message>
   <source>The light is too faint</source>
   <translation>Das Licht ist zu schwach</translation>
  </message>
  <message>
   <source>The light was lost</source>
   <translation>Das Licht ist verloren gegangen</translation>
  </message>
  <message>
   <source>The light was read.</source>
   <translation>Das Licht wurde gelesen.</translation>
  </message>
  <message>
   <source>This light sends no code</source>
   <translation>Dieses Licht sendet keinen Code</translation>
  </message>
  <message>
   <source>Too few images a second</source>
   <translation>Zu wenige Bilder pro Sekunde</translation>
  </message>
  <message>
   <source>Turn on more light or use another camera: this one is too slow now.</source>
   <translation>Machen Sie mehr Licht oder verwenden Sie eine andere Kamera: Diese ist gerade zu langsam.</translation>
  </message>
 </context>
 <context>
  <name>log</name>
  <message>
   <source>Entries of the log are missing.</source>
   <translation>Im Log fehlen Einträge.</translation>
  </message>
  <message>
   <source>Its first {count} match those of {date}.</source>
   <translation>Die ersten {count} stimmen mit denen vom {date} überein.</translation>
  </message>
  <message>
   <source>No witness has seen it. With `companion witness`, another computer can sign it.</source>
   <translation>Kein Zeuge hat es gesehen. Mit `companion witness` kann ein anderer Computer es signieren.</translation>
  </message>
  <message>
   <source>Nothing is missing</source>
   <translation>Es fehlt nichts</translation>
  </message>
  <message>
   <source>Receipts in it: {count}</source>
   <translation>Quittungen darin: {count}</translation>
  </message>
  <message>
   <source>Seen by {name} just now.</source>
   <translation>Gerade eben von {name} gesehen.</translation>
  </message>
  <message>
   <source>Seen by {name} {ago} ago.</source>
   <translation>Von {name} gesehen, vor {ago}.</translation>
  </message>
  <message>
   <source>{name} has not seen it yet.</source>
   <translation>{name} hat es noch nicht gesehen.</translation>
  </message>
  <message>
   <source>{name} saw the first {count} of them.</source>
   <translation>{name} hat die ersten {count} davon gesehen.</translation>
  </message>
 </context>
 <context>
  <name>makers</name>
  <message>
   <source>Prepare the device</source>
   <translation>Gerät vorbereiten</translation>
  </message>
  <message>
   <source>Prepare {product}</source>
   <translation>{product} vorbereiten</translation>
  </message>
  <message>
   <source>The manufacturer says: {instruction}</source>
   <translation>Der Hersteller sagt: {instruction}</translation>
  </message>
  <message>
   <source>When the manufacturer's page is done, come back here.</source>
   <translation>Kehren Sie hierher zurück, wenn die Seite des Herstellers fertig ist.</translation>
  </message>
 </context>
 <context>
  <name>network</name>
  <message>
   <source>2.4 GHz</source>
   <translation>2,4 GHz</translation>
  </message>
  <message>
   <source>5 GHz</source>
   <translation>5 GHz</translation>
  </message>
  <message>
   <source>A virtual access point, password filled in</source>
   <translation>Ein virtueller Access Point, Passwort ausgefüllt</translation>
  </message>
  <message>
   <source>Bedroom</source>
   <translation>Schlafzimmer</translation>
  </message>
  <message>
   <source>For {name}. {claim}</source>
   <translation>Für {name}. {claim}</translation>
  </message>
  <message>
   <source>From the NFC tag: check that it is your network</source>
   <translation>Vom NFC-Tag: Prüfen Sie, ob es Ihr Netz ist</translation>
  </message>
  <message>
   <source>From the code you scanned</source>
   <translation>Aus dem gescannten Code</translation>
  </message>
  <message>
   <source>From the previous device</source>
   <translation>Vom vorigen Gerät</translation>
  </message>
  <message>
   <source>Hallway</source>
   <translation>Flur</translation>
  </message>
  <message>
   <source>Kitchen</source>
   <translation>Küche</translation>
  </message>
  <message>
   <source>Office</source>
   <translation>Büro</translation>
  </message>
  <message>
   <source>Seen by the device</source>
   <translation>Vom Gerät gesehen</translation>
  </message>
  <message>
   <source>What is it called?</source>
   <translation>Wie soll es heißen?</translation>
  </message>
  <message>
   <source>Which network, and what is it called?</source>
   <translation>Welches Netz, und wie soll es heißen?</translation>
  </message>
  <message>
   <source>the device</source>
   <translation>das Gerät</translation>
  </message>
  <message>
   <source>{protection}: this device can't join it</source>
   <translation>{protection}: für dieses Gerät nicht möglich</translation>
  </message>
 </context>
 <context>
  <name>network check</name>
  <message>
   <source>Address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <source>Can't be checked this way</source>
   <translation>So nicht prüfbar</translation>
  </message>
  <message>
   <source>From the CA that you chose</source>
   <translation>Von der gewählten CA</translation>
  </message>
  <message>
   <source>Give your administrator this folder: it contains a new list.</source>
   <translation>Geben Sie Ihrer Administration diesen Ordner: Er enthält eine neue Liste.</translation>
  </message>
  <message>
   <source>Give your administrator this folder: it contains your root, its revocation list and the steps. If they have it, that list may have expired.</source>
   <translation>Geben Sie Ihrer Administration diesen Ordner: Er enthält Ihr Stammzertifikat, dessen Widerrufsliste und die Schritte. Hat sie ihn schon, ist diese Liste vielleicht abgelaufen.</translation>
  </message>
  <message>
   <source>Network found</source>
   <translation>Netz gefunden</translation>
  </message>
  <message>
   <source>Not reached</source>
   <translation>Nicht erreicht</translation>
  </message>
  <message>
   <source>Our certificate</source>
   <translation>Unser Zertifikat</translation>
  </message>
  <message>
   <source>Saved to {folder}. Give it to your administrator.</source>
   <translation>Gespeichert unter {folder}. Geben Sie ihn Ihrer Administration.</translation>
  </message>
  <message>
   <source>Server certificate</source>
   <translation>Serverzertifikat</translation>
  </message>
  <message>
   <source>Server name</source>
   <translation>Servername</translation>
  </message>
  <message>
   <source>This can take a minute</source>
   <translation>Das kann eine Minute dauern</translation>
  </message>
  <message>
   <source>This takes Wi-Fi and NetworkManager. Check from a computer that has both.</source>
   <translation>Dazu braucht es WLAN und NetworkManager. Prüfen Sie von einem Computer aus, der beides hat.</translation>
  </message>
 </context>
 <context>
  <name>notifications</name>
  <message>
   <source>A device is set up</source>
   <translation>Ein Gerät ist eingerichtet</translation>
  </message>
  <message>
   <source>A device waits for your answer</source>
   <translation>Ein Gerät wartet auf Ihre Antwort</translation>
  </message>
  <message>
   <source>A run failed: see why</source>
   <translation>Ein Lauf ist fehlgeschlagen: sehen Sie nach, warum</translation>
  </message>
  <message>
   <source>A setup is unconfirmed: check it</source>
   <translation>Eine Einrichtung ist unbestätigt: bitte prüfen</translation>
  </message>
  <message>
   <source>A task on a device is done</source>
   <translation>Eine Aufgabe an einem Gerät ist erledigt</translation>
  </message>
  <message>
   <source>The lab is done. Runs: {count}, failed: {failed}</source>
   <translation>Das Labor ist fertig. Läufe: {count}, fehlgeschlagen: {failed}</translation>
  </message>
  <message>
   <source>The selected devices are through. Done: {count}, failed: {failed}</source>
   <translation>Die ausgewählten Geräte sind durch. Erledigt: {count}, fehlgeschlagen: {failed}</translation>
  </message>
 </context>
 <context>
  <name>octets</name>
  <message>
   <source>1 message was recorded</source>
   <translation>1 Nachricht wurde aufgezeichnet</translation>
  </message>
  <message>
   <source>Message {number}, {how}</source>
   <translation>Nachricht {number}, {how}</translation>
  </message>
  <message>
   <source>from the device</source>
   <translation>vom Gerät</translation>
  </message>
  <message>
   <source>read from the device</source>
   <translation>vom Gerät gelesen</translation>
  </message>
  <message>
   <source>sent by the device</source>
   <translation>vom Gerät gesendet</translation>
  </message>
  <message>
   <source>to the device</source>
   <translation>zum Gerät</translation>
  </message>
  <message>
   <source>written to the device</source>
   <translation>auf das Gerät geschrieben</translation>
  </message>
  <message>
   <source>{count} messages were recorded</source>
   <translation>{count} Nachrichten wurden aufgezeichnet</translation>
  </message>
  <message>
   <source>{name}, {size} B</source>
   <translation>{name}, {size} B</translation>
  </message>
  <message>
   <source>{number}. {name}, {way}</source>
   <translation>{number}. {name}, {way}</translation>
  </message>
  <message>
   <source>{size} B as sent</source>
   <translation>{size} B wie gesendet</translation>
  </message>
  <message>
   <source>{size} B as sent. {hidden} B are encrypted or secret, and not shown.</source>
   <translation>{size} B wie gesendet. {hidden} B sind verschlüsselt oder geheim und werden nicht gezeigt.</translation>
  </message>
  <message>
   <source>{size} B in one value</source>
   <translation>{size} B in einem Wert</translation>
  </message>
  <message>
   <source>{size} B, put together from {count} values</source>
   <translation>{size} B, aus {count} Werten zusammengesetzt</translation>
  </message>
 </context>
 <context>
  <name>ownership</name>
  <message>
   <source>A device is being set up. Finish that, or cancel it, then try again.</source>
   <translation>Ein Gerät wird gerade eingerichtet. Schließen Sie das ab oder brechen Sie es ab, dann versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>A new certificate for {name}</source>
   <translation>Ein neues Zertifikat für {name}</translation>
  </message>
  <message>
   <source>A transfer token is active</source>
   <translation>Ein Übertragungs-Token ist aktiv</translation>
  </message>
  <message>
   <source>After use or after that date, it is no longer valid.</source>
   <translation>Nach der Verwendung oder nach diesem Tag ist es ungültig.</translation>
  </message>
  <message>
   <source>Another app can still join</source>
   <translation>Eine weitere App kann noch dazukommen</translation>
  </message>
  <message>
   <source>Anyone who has it can take over the device</source>
   <translation>Wer es hat, kann das Gerät übernehmen</translation>
  </message>
  <message>
   <source>Blinking {name}</source>
   <translation>{name} blinkt</translation>
  </message>
  <message>
   <source>Cancelled</source>
   <translation>Abgebrochen</translation>
  </message>
  <message>
   <source>Cancelling the transfer of {name}</source>
   <translation>Übertragung von {name} wird abgebrochen</translation>
  </message>
  <message>
   <source>Change it</source>
   <translation>Ändern</translation>
  </message>
  <message>
   <source>Changed</source>
   <translation>Geändert</translation>
  </message>
  <message>
   <source>Changing {name}</source>
   <translation>{name} wird geändert</translation>
  </message>
  <message>
   <source>Checking {name}</source>
   <translation>{name} wird abgefragt</translation>
  </message>
  <message>
   <source>Choose another file</source>
   <translation>Andere Datei wählen</translation>
  </message>
  <message>
   <source>Companion now rejects it. For an external broker: companion trust crl FILE</source>
   <translation>Companion lehnt es jetzt ab. Für einen externen Broker: companion trust crl DATEI</translation>
  </message>
  <message>
   <source>Companion now rejects it. Install {file} on your broker.</source>
   <translation>Companion lehnt es jetzt ab. Installieren Sie {file} auf Ihrem Broker.</translation>
  </message>
  <message>
   <source>Companion rejects it immediately, a broker with its next revocation list.</source>
   <translation>Companion lehnt es sofort ab, ein Broker mit der nächsten Widerrufsliste.</translation>
  </message>
  <message>
   <source>Complete it now</source>
   <translation>Jetzt abschließen</translation>
  </message>
  <message>
   <source>Contacting the device</source>
   <translation>Das Gerät wird abgefragt</translation>
  </message>
  <message>
   <source>Find this device, even if its address has changed</source>
   <translation>Dieses Gerät finden, auch mit neuer Adresse</translation>
  </message>
  <message>
   <source>Following {name}</source>
   <translation>{name} wird verfolgt</translation>
  </message>
  <message>
   <source>Give it a network and a certificate with “Change”.</source>
   <translation>Geben Sie ihm mit „Ändern“ ein Netz und ein Zertifikat.</translation>
  </message>
  <message>
   <source>If you get it back, rotate its certificate to use it again.</source>
   <translation>Wenn Sie es zurückhaben, erneuern Sie sein Zertifikat, um es wieder zu verwenden.</translation>
  </message>
  <message>
   <source>Install {file} on your broker.</source>
   <translation>Installieren Sie {file} auf Ihrem Broker.</translation>
  </message>
  <message>
   <source>It blinks or beeps now</source>
   <translation>Es blinkt oder piept jetzt</translation>
  </message>
  <message>
   <source>It can be used once, until {date}. You own the device until then.</source>
   <translation>Es gilt einmal, bis {date}. Bis zur Verwendung gehört das Gerät Ihnen.</translation>
  </message>
  <message>
   <source>It can't authenticate anywhere</source>
   <translation>Es kann sich nirgends anmelden</translation>
  </message>
  <message>
   <source>It could not be saved</source>
   <translation>Es konnte nicht gespeichert werden</translation>
  </message>
  <message>
   <source>It erases its owner, network and certificate</source>
   <translation>Es löscht Eigentümer, Netz und Zertifikat</translation>
  </message>
  <message>
   <source>It has no owner now</source>
   <translation>Es hat jetzt keinen Eigentümer</translation>
  </message>
  <message>
   <source>It is off</source>
   <translation>Es ist ausgeschaltet</translation>
  </message>
  <message>
   <source>It is on</source>
   <translation>Es ist eingeschaltet</translation>
  </message>
  <message>
   <source>It is sent only once the device has proved its key. It gets a new certificate as well.</source>
   <translation>Gesendet wird erst, wenn das Gerät seinen Schlüssel nachgewiesen hat. Es bekommt auch ein neues Zertifikat.</translation>
  </message>
  <message>
   <source>It knows the Wi-Fi password. Change it if the device was stolen.</source>
   <translation>Es kennt das WLAN-Passwort. Ändern Sie es, wenn das Gerät gestohlen wurde.</translation>
  </message>
  <message>
   <source>It leaves its network at once and no longer connects to its endpoint.</source>
   <translation>Es verlässt sein Netz sofort und verbindet sich nicht mehr mit seinem Endpunkt.</translation>
  </message>
  <message>
   <source>It must be in range</source>
   <translation>Es muss in Reichweite sein</translation>
  </message>
  <message>
   <source>It stays in your list as reset, with its history and receipts.</source>
   <translation>Es bleibt als zurückgesetzt in Ihrer Liste, mit Verlauf und Quittungen.</translation>
  </message>
  <message>
   <source>It stays in your network</source>
   <translation>Es bleibt in Ihrem Netz</translation>
  </message>
  <message>
   <source>It then has no owner. This can't be undone.</source>
   <translation>Danach hat es keinen Eigentümer. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <source>Its certificates are revoked</source>
   <translation>Seine Zertifikate sind widerrufen</translation>
  </message>
  <message>
   <source>Its code works until {time}. To stop sharing sooner, share it again and stop there.</source>
   <translation>Der Code gilt bis {time}. Um das Teilen früher zu beenden, teilen Sie das Gerät erneut und beenden Sie es dort.</translation>
  </message>
  <message>
   <source>Its credentials are erased</source>
   <translation>Seine Zugangsdaten werden gelöscht</translation>
  </message>
  <message>
   <source>Its new owner gets access to your network.</source>
   <translation>Der neue Eigentümer erhält Zugang zu Ihrem Netz.</translation>
  </message>
  <message>
   <source>Its new owner scans it in Companion, near the device. Companion keeps no copy.</source>
   <translation>Der neue Eigentümer scannt es in Companion, nahe beim Gerät. Companion behält keine Kopie.</translation>
  </message>
  <message>
   <source>Its status is followed</source>
   <translation>Der Status wird verfolgt</translation>
  </message>
  <message>
   <source>Keep it as secret as a key. A photo of it is enough to use it.</source>
   <translation>Halten Sie es so geheim wie einen Schlüssel. Ein Foto davon genügt, um es zu verwenden.</translation>
  </message>
  <message>
   <source>Keep its label: you need it to set up the device again.</source>
   <translation>Behalten Sie das Etikett: Sie brauchen es, um das Gerät neu einzurichten.</translation>
  </message>
  <message>
   <source>Keep its network</source>
   <translation>Sein Netz behalten</translation>
  </message>
  <message>
   <source>Keep {network}</source>
   <translation>{network} behalten</translation>
  </message>
  <message>
   <source>Network and certificate stay on it</source>
   <translation>Netz und Zertifikat bleiben darauf</translation>
  </message>
  <message>
   <source>New certificate in use</source>
   <translation>Neues Zertifikat in Gebrauch</translation>
  </message>
  <message>
   <source>No app controls it now. It can be set up again with its code.</source>
   <translation>Keine App steuert es mehr. Es lässt sich mit seinem Code neu einrichten.</translation>
  </message>
  <message>
   <source>No longer followed</source>
   <translation>Wird nicht mehr verfolgt</translation>
  </message>
  <message>
   <source>No one else can use it.</source>
   <translation>Niemand sonst kann es verwenden.</translation>
  </message>
  <message>
   <source>Nothing on it has changed yet</source>
   <translation>Noch ist darauf nichts geändert</translation>
  </message>
  <message>
   <source>One at a time</source>
   <translation>Eins nach dem anderen</translation>
  </message>
  <message>
   <source>Only someone with the label can claim it</source>
   <translation>Nur wer das Etikett hat, kann es übernehmen</translation>
  </message>
  <message>
   <source>Only the owner of that key can use it</source>
   <translation>Nur der Eigentümer dieses Schlüssels kann es verwenden</translation>
  </message>
  <message>
   <source>Only you can read the file. Delete it after the transfer.</source>
   <translation>Nur Sie können die Datei lesen. Löschen Sie sie nach der Übertragung.</translation>
  </message>
  <message>
   <source>Probably reset</source>
   <translation>Wahrscheinlich zurückgesetzt</translation>
  </message>
  <message>
   <source>QR code of the transfer token</source>
   <translation>QR-Code des Übertragungs-Tokens</translation>
  </message>
  <message>
   <source>Query now</source>
   <translation>Jetzt abfragen</translation>
  </message>
  <message>
   <source>Remove it only here</source>
   <translation>Nur hier entfernen</translation>
  </message>
  <message>
   <source>Removed from here</source>
   <translation>Hier entfernt</translation>
  </message>
  <message>
   <source>Removed only here</source>
   <translation>Nur hier entfernt</translation>
  </message>
  <message>
   <source>Removing {name} from here</source>
   <translation>{name} wird hier entfernt</translation>
  </message>
  <message>
   <source>Renamed here and on the device</source>
   <translation>Hier und auf dem Gerät umbenannt</translation>
  </message>
  <message>
   <source>Renamed here, not on the device</source>
   <translation>Hier umbenannt, nicht auf dem Gerät</translation>
  </message>
  <message>
   <source>Renaming {name}</source>
   <translation>{name} wird umbenannt</translation>
  </message>
  <message>
   <source>Renewing the list of revoked certificates</source>
   <translation>Liste der widerrufenen Zertifikate wird erneuert</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Zurückgesetzt</translation>
  </message>
  <message>
   <source>Reset {name}?</source>
   <translation>{name} zurücksetzen?</translation>
  </message>
  <message>
   <source>Resetting {name}</source>
   <translation>{name} wird zurückgesetzt</translation>
  </message>
  <message>
   <source>Revoke {name}?</source>
   <translation>{name} widerrufen?</translation>
  </message>
  <message>
   <source>Revoking {name}</source>
   <translation>{name} wird widerrufen</translation>
  </message>
  <message>
   <source>Saved as {file}</source>
   <translation>Gespeichert als {file}</translation>
  </message>
  <message>
   <source>Services then reject its certificates. The device need not be in range.</source>
   <translation>Dienste lehnen seine Zertifikate dann ab. Das Gerät muss nicht in Reichweite sein.</translation>
  </message>
  <message>
   <source>Sharing stopped</source>
   <translation>Teilen beendet</translation>
  </message>
  <message>
   <source>Sharing {name}</source>
   <translation>{name} wird geteilt</translation>
  </message>
  <message>
   <source>Status checked</source>
   <translation>Status geprüft</translation>
  </message>
  <message>
   <source>Switching {name}</source>
   <translation>{name} wird geschaltet</translation>
  </message>
  <message>
   <source>Taking over {name}</source>
   <translation>{name} wird übernommen</translation>
  </message>
  <message>
   <source>The change may already be on the device</source>
   <translation>Die Änderung ist möglicherweise schon auf dem Gerät</translation>
  </message>
  <message>
   <source>The code no longer works. Apps that already joined keep access.</source>
   <translation>Der Code gilt nicht mehr. Bereits beigetretene Apps behalten den Zugriff.</translation>
  </message>
  <message>
   <source>The device accepts it until notified. Query it now, while in range.</source>
   <translation>Das Gerät akzeptiert es, bis es benachrichtigt ist. Fragen Sie es jetzt ab, solange es in Reichweite ist.</translation>
  </message>
  <message>
   <source>The device answered with its new certificate.</source>
   <translation>Das Gerät hat mit seinem neuen Zertifikat geantwortet.</translation>
  </message>
  <message>
   <source>The device still knows Companion. To set it up again, reset it as its manual says.</source>
   <translation>Das Gerät kennt Companion noch. Für eine neue Einrichtung setzen Sie es nach seiner Anleitung zurück.</translation>
  </message>
  <message>
   <source>The list was renewed</source>
   <translation>Die Liste ist erneuert</translation>
  </message>
  <message>
   <source>The name is also on the device, where other apps can read it.</source>
   <translation>Der Name steht auch auf dem Gerät, wo andere Apps ihn lesen können.</translation>
  </message>
  <message>
   <source>The token for {name}</source>
   <translation>Das Token für {name}</translation>
  </message>
  <message>
   <source>The transfer is being cancelled</source>
   <translation>Die Übertragung wird abgebrochen</translation>
  </message>
  <message>
   <source>Then authenticate both sides</source>
   <translation>Dann beide Seiten authentifizieren</translation>
  </message>
  <message>
   <source>Then check its status</source>
   <translation>Dann den Status prüfen</translation>
  </message>
  <message>
   <source>Then give it a new certificate</source>
   <translation>Dann ein neues Zertifikat geben</translation>
  </message>
  <message>
   <source>Then remove its owner</source>
   <translation>Dann den Eigentümer entfernen</translation>
  </message>
  <message>
   <source>Then send the changes</source>
   <translation>Dann die Änderungen senden</translation>
  </message>
  <message>
   <source>Then send the token</source>
   <translation>Dann das Token senden</translation>
  </message>
  <message>
   <source>This erases your network and its certificate.</source>
   <translation>Dabei werden Ihr Netz und sein Zertifikat gelöscht.</translation>
  </message>
  <message>
   <source>This was its last status.</source>
   <translation>Das war der letzte Status.</translation>
  </message>
  <message>
   <source>To set it up again, scan its code.</source>
   <translation>Scannen Sie seinen Code, um es wieder einzurichten.</translation>
  </message>
  <message>
   <source>To set it up again, scan its code. If that does not work, reset it.</source>
   <translation>Um es neu einzurichten, scannen Sie seinen Code. Geht das nicht, setzen Sie es zurück.</translation>
  </message>
  <message>
   <source>Transferring {name}</source>
   <translation>{name} wird übertragen</translation>
  </message>
  <message>
   <source>Valid once, until {date}</source>
   <translation>Einmal gültig, bis {date}</translation>
  </message>
  <message>
   <source>What changes is shown here, for {minutes} minutes. Other devices wait until then.</source>
   <translation>Änderungen erscheinen hier, {minutes} Minuten lang. Andere Geräte warten so lange.</translation>
  </message>
  <message>
   <source>What do you want to change on {name}?</source>
   <translation>Was möchten Sie an {name} ändern?</translation>
  </message>
  <message>
   <source>Who controls {name}</source>
   <translation>Wer {name} steuert</translation>
  </message>
  <message>
   <source>Who should own {name}?</source>
   <translation>Wem soll {name} gehören?</translation>
  </message>
  <message>
   <source>Who vouches for {name}</source>
   <translation>Wer für {name} bürgt</translation>
  </message>
  <message>
   <source>You get a transfer token for its next owner. The device need not be in range.</source>
   <translation>Sie erhalten ein Übertragungs-Token für den nächsten Eigentümer. Das Gerät muss nicht in Reichweite sein.</translation>
  </message>
  <message>
   <source>You now own it</source>
   <translation>Es gehört jetzt Ihnen</translation>
  </message>
  <message>
   <source>You still own it</source>
   <translation>Es gehört weiter Ihnen</translation>
  </message>
  <message>
   <source>{names} can still control it. To set it up here again, share it from there.</source>
   <translation>{names} steuert es weiter. Um es hier neu einzurichten, teilen Sie es von dort.</translation>
  </message>
  <message>
   <source>{problem}. To update the device later, rename it again.</source>
   <translation>{problem}. Um das Gerät später zu aktualisieren, benennen Sie es erneut um.</translation>
  </message>
  <message>
   <source>{reason}. Choose another place.</source>
   <translation>{reason}. Wählen Sie einen anderen Ort.</translation>
  </message>
 </context>
 <context>
  <name>palette</name>
  <message>
   <source>Act</source>
   <translation>Aktion</translation>
  </message>
  <message>
   <source>Activity</source>
   <translation>Aktivität</translation>
  </message>
  <message>
   <source>Activity: Alerts</source>
   <translation>Aktivität: Meldungen</translation>
  </message>
  <message>
   <source>Add device</source>
   <translation>Gerät hinzufügen</translation>
  </message>
  <message>
   <source>Back, or to the button that cancels</source>
   <translation>Zurück, oder zur Schaltfläche, die abbricht</translation>
  </message>
  <message>
   <source>Bench</source>
   <translation>Werkbank</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Devices</source>
   <translation>Geräte</translation>
  </message>
  <message>
   <source>Devices and Activity</source>
   <translation>Geräte und Aktivität</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>Überall</translation>
  </message>
  <message>
   <source>Export report</source>
   <translation>Bericht exportieren</translation>
  </message>
  <message>
   <source>Find a page, a device, a run, or what to do</source>
   <translation>Seite, Gerät, Lauf oder Aktion finden</translation>
  </message>
  <message>
   <source>First page</source>
   <translation>Startseite</translation>
  </message>
  <message>
   <source>Go through the list</source>
   <translation>Durch die Liste gehen</translation>
  </message>
  <message>
   <source>Go through the runs</source>
   <translation>Durch die Läufe gehen</translation>
  </message>
  <message>
   <source>Go through the steps of a run</source>
   <translation>Durch die Schritte eines Laufs gehen</translation>
  </message>
  <message>
   <source>Go to a place on the left</source>
   <translation>Zu einem Ort links gehen</translation>
  </message>
  <message>
   <source>Hold to reset or revoke</source>
   <translation>Halten, um zurückzusetzen oder zu sperren</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Lab</source>
   <translation>Labor</translation>
  </message>
  <message>
   <source>Make a backup of your keys</source>
   <translation>Ihre Schlüssel sichern</translation>
  </message>
  <message>
   <source>Next difference between two runs</source>
   <translation>Nächster Unterschied zwischen zwei Läufen</translation>
  </message>
  <message>
   <source>Nothing has this in its name.</source>
   <translation>Nichts hat das in seinem Namen.</translation>
  </message>
  <message>
   <source>Page</source>
   <translation>Seite</translation>
  </message>
  <message>
   <source>Press the button in focus</source>
   <translation>Die Schaltfläche mit dem Fokus drücken</translation>
  </message>
  <message>
   <source>Replay</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Replay from the chosen event</source>
   <translation>Ab dem gewählten Ereignis abspielen</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>Lauf</translation>
  </message>
  <message>
   <source>See what looks wrong</source>
   <translation>Auffälliges ansehen</translation>
  </message>
  <message>
   <source>Select all listed devices</source>
   <translation>Alle Geräte der Liste auswählen</translation>
  </message>
  <message>
   <source>Select several devices</source>
   <translation>Mehrere Geräte auswählen</translation>
  </message>
  <message>
   <source>Set up many devices in a row</source>
   <translation>Viele Geräte nacheinander einrichten</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Settings: Backup</source>
   <translation>Einstellungen: Sicherung</translation>
  </message>
  <message>
   <source>Sheet</source>
   <translation>Übersicht</translation>
  </message>
  <message>
   <source>Show these shortcuts</source>
   <translation>Diese Tastenkürzel zeigen</translation>
  </message>
  <message>
   <source>Switch the device in focus on or off</source>
   <translation>Das Gerät mit dem Fokus ein- oder ausschalten</translation>
  </message>
  <message>
   <source>Take a code from the clipboard</source>
   <translation>Einen Code aus der Zwischenablage nehmen</translation>
  </message>
  <message>
   <source>Take the filter in focus away</source>
   <translation>Den Filter mit dem Fokus entfernen</translation>
  </message>
  <message>
   <source>Take the tour again</source>
   <translation>Die Tour noch einmal machen</translation>
  </message>
  <message>
   <source>The records can't be read: Devices says why.</source>
   <translation>Die Daten können nicht gelesen werden: Geräte sagt, warum.</translation>
  </message>
  <message>
   <source>Undo the last change of name, room, tags or note</source>
   <translation>Letzte Änderung von Name, Raum, Schlagwörtern oder Notiz rückgängig machen</translation>
  </message>
  <message>
   <source>alarm unusual</source>
   <translation>alarm ungewöhnlich</translation>
  </message>
  <message>
   <source>batch list csv label</source>
   <translation>stapel liste csv etikett</translation>
  </message>
  <message>
   <source>code home assistant</source>
   <translation>code home assistant</translation>
  </message>
  <message>
   <source>html save</source>
   <translation>html speichern</translation>
  </message>
  <message>
   <source>identify find</source>
   <translation>identifizieren finden</translation>
  </message>
  <message>
   <source>keys help</source>
   <translation>tasten hilfe</translation>
  </message>
  <message>
   <source>keys renew</source>
   <translation>schlüssel rotieren erneuern</translation>
  </message>
  <message>
   <source>of the for a to with</source>
   <translation>von vom des der die das den dem für mit ein eine einen</translation>
  </message>
  <message>
   <source>play run again</source>
   <translation>lauf wiederholen</translation>
  </message>
  <message>
   <source>proof verify</source>
   <translation>nachweis prüfen</translation>
  </message>
  <message>
   <source>query</source>
   <translation>abfragen</translation>
  </message>
  <message>
   <source>recovery restore passphrase</source>
   <translation>wiederherstellung passphrase backup</translation>
  </message>
  <message>
   <source>rename</source>
   <translation>umbenennen</translation>
  </message>
  <message>
   <source>reprovision wifi room</source>
   <translation>wlan raum ändern</translation>
  </message>
  <message>
   <source>reset revoke transfer rotate share</source>
   <translation>zurücksetzen sperren übergeben erneuern teilen</translation>
  </message>
  <message>
   <source>rotate keys</source>
   <translation>schlüssel rotieren</translation>
  </message>
  <message>
   <source>runs</source>
   <translation>läufe</translation>
  </message>
  <message>
   <source>runs failures report export</source>
   <translation>läufe fehler bericht export</translation>
  </message>
  <message>
   <source>scan code camera nearby</source>
   <translation>scannen code kamera nähe</translation>
  </message>
  <message>
   <source>theme language radio adapter camera delegates owner log data folder</source>
   <translation>design sprache funk adapter kamera bevollmächtigte eigentümer protokoll datenordner</translation>
  </message>
  <message>
   <source>virtual faults scenario</source>
   <translation>virtuell fehler szenario</translation>
  </message>
  <message>
   <source>watch subscribe live</source>
   <translation>beobachten abonnieren live</translation>
  </message>
  <message>
   <source>welcome start demo restore</source>
   <translation>willkommen start demo wiederherstellen</translation>
  </message>
  <message>
   <source>{act}: {name}</source>
   <translation>{act}: {name}</translation>
  </message>
 </context>
 <context>
  <name>problems</name>
  <message>
   <source>Check</source>
   <translation>Prüfen</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>It failed in the step “{step}” after {time}.</source>
   <translation>Fehlgeschlagen im Schritt „{step}“ nach {time}.</translation>
  </message>
  <message>
   <source>Link</source>
   <translation>Verbindung</translation>
  </message>
  <message>
   <source>Not connected</source>
   <translation>Nicht verbunden</translation>
  </message>
  <message>
   <source>Saved for the next attempt: {things}</source>
   <translation>Gespeichert für den nächsten Versuch: {things}</translation>
  </message>
  <message>
   <source>Signal, {time}</source>
   <translation>Signal, {time}</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Trying again will not help.</source>
   <translation>Ein neuer Versuch hilft nicht.</translation>
  </message>
  <message>
   <source>What happened</source>
   <translation>Was geschehen ist</translation>
  </message>
  <message>
   <source>You can try again.</source>
   <translation>Sie können es erneut versuchen.</translation>
  </message>
  <message>
   <source>its name</source>
   <translation>sein Name</translation>
  </message>
  <message>
   <source>lost</source>
   <translation>verloren</translation>
  </message>
  <message>
   <source>the code</source>
   <translation>der Code</translation>
  </message>
  <message>
   <source>the device</source>
   <translation>das Gerät</translation>
  </message>
  <message>
   <source>your network and name</source>
   <translation>Ihr Netz und der Name</translation>
  </message>
  <message>
   <source>{mtu} bytes per packet</source>
   <translation>{mtu} Bytes je Paket</translation>
  </message>
  <message>
   <source>{strongest} to {weakest} dBm</source>
   <translation>{strongest} bis {weakest} dBm</translation>
  </message>
 </context>
 <context>
  <name>progress</name>
  <message>
   <source>At the device</source>
   <translation>Am Gerät</translation>
  </message>
  <message>
   <source>Connection lost</source>
   <translation>Verbindung verloren</translation>
  </message>
  <message>
   <source>Keep the window open and the device powered.</source>
   <translation>Lassen Sie das Fenster offen und das Gerät eingeschaltet.</translation>
  </message>
  <message>
   <source>Notifying the device and waiting for its confirmation.</source>
   <translation>Gerät wird benachrichtigt, Bestätigung steht aus.</translation>
  </message>
  <message>
   <source>Reconnecting; nothing needs to be repeated (attempt {attempt}).</source>
   <translation>Verbindung wird wiederhergestellt; nichts muss wiederholt werden (Versuch {attempt}).</translation>
  </message>
  <message>
   <source>Searching for your device</source>
   <translation>Ihr Gerät wird gesucht</translation>
  </message>
  <message>
   <source>Setting up {name}</source>
   <translation>{name} wird eingerichtet</translation>
  </message>
  <message>
   <source>Six steps, none started</source>
   <translation>Sechs Schritte, keiner begonnen</translation>
  </message>
  <message>
   <source>Slower than usual</source>
   <translation>Langsamer als sonst</translation>
  </message>
  <message>
   <source>Step {place} of 6</source>
   <translation>Schritt {place} von 6</translation>
  </message>
  <message>
   <source>Step {place} of 6: {name}</source>
   <translation>Schritt {place} von 6: {name}</translation>
  </message>
  <message>
   <source>Stopping</source>
   <translation>Wird beendet</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} s</translation>
  </message>
 </context>
 <context>
  <name>questions</name>
  <message>
   <source>A serial number is not authenticated. You decide.</source>
   <translation>Eine Seriennummer ist nicht authentifiziert. Sie entscheiden.</translation>
  </message>
  <message>
   <source>Companion can't improve this device's protection. You decide.</source>
   <translation>Companion kann den Schutz dieses Geräts nicht verbessern. Sie entscheiden.</translation>
  </message>
  <message>
   <source>Continue without protection?</source>
   <translation>Ohne Schutz fortfahren?</translation>
  </message>
  <message>
   <source>Found {name}</source>
   <translation>{name} gefunden</translation>
  </message>
  <message>
   <source>If you own it, open it under Devices. Otherwise ask its owner, or reset it first.</source>
   <translation>Gehört es Ihnen, öffnen Sie es unter Geräte. Andernfalls fragen Sie den Eigentümer, oder setzen Sie es zuerst zurück.</translation>
  </message>
  <message>
   <source>Is this a replacement, or another device?</source>
   <translation>Ist das ein Ersatz oder ein anderes Gerät?</translation>
  </message>
  <message>
   <source>Issue a new certificate anyway?</source>
   <translation>Trotzdem ein neues Zertifikat ausstellen?</translation>
  </message>
  <message>
   <source>It reports that it already has an owner.</source>
   <translation>Es meldet, dass es bereits einen Eigentümer hat.</translation>
  </message>
  <message>
   <source>It reports that it can be set up.</source>
   <translation>Es meldet, dass es eingerichtet werden kann.</translation>
  </message>
  <message>
   <source>It reports that it has no owner.</source>
   <translation>Es meldet, dass es keinen Eigentümer hat.</translation>
  </message>
  <message>
   <source>It reports that it is already on Wi-Fi.</source>
   <translation>Es meldet, dass es bereits im WLAN ist.</translation>
  </message>
  <message>
   <source>It reports that it is being set up.</source>
   <translation>Es meldet, dass es gerade eingerichtet wird.</translation>
  </message>
  <message>
   <source>Its code does not contain the secret, so enter it once.</source>
   <translation>Sein Code enthält das Geheimnis nicht. Geben Sie es einmal ein.</translation>
  </message>
  <message>
   <source>Medium signal</source>
   <translation>Mittleres Signal</translation>
  </message>
  <message>
   <source>One at a time</source>
   <translation>Einer nach dem anderen</translation>
  </message>
  <message>
   <source>Product</source>
   <translation>Produkt</translation>
  </message>
  <message>
   <source>Protocol</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>Ready to set up</source>
   <translation>Bereit zur Einrichtung</translation>
  </message>
  <message>
   <source>Several devices are ready to set up. The strongest signal is usually the nearest.</source>
   <translation>Mehrere Geräte sind bereit zur Einrichtung. Das stärkste Signal ist meist das nächste.</translation>
  </message>
  <message>
   <source>Strong signal: probably near</source>
   <translation>Starkes Signal: wahrscheinlich nah</translation>
  </message>
  <message>
   <source>The device waits while this page is open.</source>
   <translation>Das Gerät wartet, solange diese Seite offen ist.</translation>
  </message>
  <message>
   <source>This device has a different identity key, so it is not the same device.</source>
   <translation>Dieses Gerät hat einen anderen Identitätsschlüssel und ist daher nicht dasselbe.</translation>
  </message>
  <message>
   <source>This device is in use</source>
   <translation>Dieses Gerät ist in Gebrauch</translation>
  </message>
  <message>
   <source>To change its network, reset its Wi-Fi settings first. Its manual says how.</source>
   <translation>Um sein Netz zu ändern, setzen Sie zuerst seine WLAN-Einstellungen zurück. Die Anleitung des Geräts sagt, wie.</translation>
  </message>
  <message>
   <source>Vendor</source>
   <translation>Hersteller</translation>
  </message>
  <message>
   <source>Wait until it has finished, or restart the device.</source>
   <translation>Warten Sie, bis der Vorgang beendet ist, oder starten Sie das Gerät neu.</translation>
  </message>
  <message>
   <source>Weak signal: far away, or behind a wall</source>
   <translation>Schwaches Signal: weit weg oder hinter einer Wand</translation>
  </message>
  <message>
   <source>Weak, details</source>
   <translation>Schwach, Details</translation>
  </message>
  <message>
   <source>What does {name} show?</source>
   <translation>Was zeigt {name} an?</translation>
  </message>
  <message>
   <source>What is missing</source>
   <translation>Was fehlt</translation>
  </message>
  <message>
   <source>What is printed on {name}?</source>
   <translation>Was steht auf {name}?</translation>
  </message>
  <message>
   <source>Which one is it?</source>
   <translation>Welches ist es?</translation>
  </message>
  <message>
   <source>You revoked its previous certificates. You decide.</source>
   <translation>Sie haben seine bisherigen Zertifikate widerrufen. Sie entscheiden.</translation>
  </message>
  <message>
   <source>your device</source>
   <translation>Ihr Gerät</translation>
  </message>
  <message>
   <source>{name} and {count} more</source>
   <translation>{name} und {count} weitere</translation>
  </message>
  <message>
   <source>{name} has the serial number {serial} too</source>
   <translation>Auch {name} hat die Seriennummer {serial}</translation>
  </message>
 </context>
 <context>
  <name>radios</name>
  <message>
   <source>1 device waits</source>
   <translation>1 Gerät wartet</translation>
  </message>
  <message>
   <source>Blocked</source>
   <translation>Gesperrt</translation>
  </message>
  <message>
   <source>Bluetooth adapter</source>
   <translation>Bluetooth-Adapter</translation>
  </message>
  <message>
   <source>Bluetooth {version}</source>
   <translation>Bluetooth {version}</translation>
  </message>
  <message>
   <source>Can't be used</source>
   <translation>Nicht benutzbar</translation>
  </message>
  <message>
   <source>Controller</source>
   <translation>Controller</translation>
  </message>
  <message>
   <source>Devices that run on this computer, with separate keys and records</source>
   <translation>Geräte, die auf diesem Computer laufen, mit eigenen Schlüsseln und Aufzeichnungen</translation>
  </message>
  <message>
   <source>Hears no device that waits to be set up</source>
   <translation>Hört kein Gerät, das auf die Einrichtung wartet</translation>
  </message>
  <message>
   <source>Hears nothing while another one is used</source>
   <translation>Hört nichts, solange ein anderer benutzt wird</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>Wird benutzt</translation>
  </message>
  <message>
   <source>It can't connect to Bluetooth LE devices.</source>
   <translation>Er kann sich mit keinem Bluetooth-LE-Gerät verbinden.</translation>
  </message>
  <message>
   <source>It is not plugged in. Companion waits for it and uses no other one until you choose one.</source>
   <translation>Er ist nicht angeschlossen. Companion wartet auf ihn und benutzt keinen anderen, bis Sie einen wählen.</translation>
  </message>
  <message>
   <source>Missing</source>
   <translation>Fehlt</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Software blocks it: rfkill unblock bluetooth</source>
   <translation>Software sperrt ihn: rfkill unblock bluetooth</translation>
  </message>
  <message>
   <source>Started with {radio}</source>
   <translation>Gestartet mit {radio}</translation>
  </message>
  <message>
   <source>The adapter that the system uses</source>
   <translation>Der Adapter, den das System benutzt</translation>
  </message>
  <message>
   <source>The adapter that you chose</source>
   <translation>Der Adapter, den Sie gewählt haben</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Computer</translation>
  </message>
  <message>
   <source>Turn it on in your system.</source>
   <translation>Schalten Sie ihn in Ihrem System ein.</translation>
  </message>
  <message>
   <source>Use this computer's wireless switch or key.</source>
   <translation>Benutzen Sie den Funkschalter oder die Funktaste dieses Computers.</translation>
  </message>
  <message>
   <source>Virtual</source>
   <translation>Virtuell</translation>
  </message>
  <message>
   <source>{count} devices wait</source>
   <translation>{count} Geräte warten</translation>
  </message>
  <message>
   <source>{devices}, nearest {signal}</source>
   <translation>{devices}, nächstes {signal}</translation>
  </message>
  <message>
   <source>“This computer” below lists what is missing, and what fixes it.</source>
   <translation>„Dieser Computer“ weiter unten nennt, was fehlt und was hilft.</translation>
  </message>
 </context>
 <context>
  <name>records</name>
  <message>
   <source>1 device tagged</source>
   <translation>1 Gerät mit Schlagwörtern versehen</translation>
  </message>
  <message>
   <source>A certificate was issued</source>
   <translation>Ein Zertifikat wurde ausgestellt</translation>
  </message>
  <message>
   <source>Another app was added to the device</source>
   <translation>Eine weitere App steuert das Gerät</translation>
  </message>
  <message>
   <source>Another app was removed from the device</source>
   <translation>Eine andere App wurde vom Gerät entfernt</translation>
  </message>
  <message>
   <source>Answered just now</source>
   <translation>Hat eben geantwortet</translation>
  </message>
  <message>
   <source>Answered {time} ago</source>
   <translation>Hat vor {time} geantwortet</translation>
  </message>
  <message>
   <source>App removed</source>
   <translation>App entfernt</translation>
  </message>
  <message>
   <source>Apps listed</source>
   <translation>Apps aufgelistet</translation>
  </message>
  <message>
   <source>Attestation</source>
   <translation>Attestierung</translation>
  </message>
  <message>
   <source>Attestation checked</source>
   <translation>Attestierung geprüft</translation>
  </message>
  <message>
   <source>Blink</source>
   <translation>Blinken lassen</translation>
  </message>
  <message>
   <source>Brokers that use {file} reject every device. Renew it and install it on them.</source>
   <translation>Broker mit {file} lehnen jedes Gerät ab. Erneuern Sie die Liste und installieren Sie sie dort.</translation>
  </message>
  <message>
   <source>Brokers that use {file} still accept a revoked certificate.</source>
   <translation>Broker mit {file} akzeptieren noch ein widerrufenes Zertifikat.</translation>
  </message>
  <message>
   <source>Cancel the transfer</source>
   <translation>Übertragung abbrechen</translation>
  </message>
  <message>
   <source>Cancelled</source>
   <translation>Abgebrochen</translation>
  </message>
  <message>
   <source>Certificate expired</source>
   <translation>Zertifikat abgelaufen</translation>
  </message>
  <message>
   <source>Certificate renewed</source>
   <translation>Zertifikat erneuert</translation>
  </message>
  <message>
   <source>Change network or name</source>
   <translation>Netz oder Name ändern</translation>
  </message>
  <message>
   <source>Change of {name} undone</source>
   <translation>Änderung von {name} rückgängig gemacht</translation>
  </message>
  <message>
   <source>Changed</source>
   <translation>Geändert</translation>
  </message>
  <message>
   <source>Changing the network of {number} of {total}</source>
   <translation>Netz wird geändert: {number} von {total}</translation>
  </message>
  <message>
   <source>Check status</source>
   <translation>Status prüfen</translation>
  </message>
  <message>
   <source>Commissioned</source>
   <translation>Eingerichtet</translation>
  </message>
  <message>
   <source>Configured</source>
   <translation>Konfiguriert</translation>
  </message>
  <message>
   <source>Connected</source>
   <translation>Verbunden</translation>
  </message>
  <message>
   <source>Connection closed</source>
   <translation>Verbindung beendet</translation>
  </message>
  <message>
   <source>Connection lost</source>
   <translation>Verbindung verloren</translation>
  </message>
  <message>
   <source>Create another token</source>
   <translation>Weiteres Token erstellen</translation>
  </message>
  <message>
   <source>Device found</source>
   <translation>Gerät gefunden</translation>
  </message>
  <message>
   <source>Device identified</source>
   <translation>Gerät identifiziert</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Edited</source>
   <translation>Geändert</translation>
  </message>
  <message>
   <source>Endpoint</source>
   <translation>Endpunkt</translation>
  </message>
  <message>
   <source>Expires soon</source>
   <translation>Läuft bald ab</translation>
  </message>
  <message>
   <source>Fabric</source>
   <translation>Fabric</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>Fehlgeschlagen</translation>
  </message>
  <message>
   <source>Firmware</source>
   <translation>Firmware</translation>
  </message>
  <message>
   <source>Follow its status</source>
   <translation>Status verfolgen</translation>
  </message>
  <message>
   <source>From here on, the device may have the credentials</source>
   <translation>Ab hier hat das Gerät möglicherweise die Zugangsdaten</translation>
  </message>
  <message>
   <source>From {date}, brokers that use {file} reject every device.</source>
   <translation>Ab {date} lehnen Broker mit {file} jedes Gerät ab.</translation>
  </message>
  <message>
   <source>Grant revoked</source>
   <translation>Vollmacht widerrufen</translation>
  </message>
  <message>
   <source>Handed over: {what}</source>
   <translation>Übergeben: {what}</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>How it was set up</source>
   <translation>Wie es eingerichtet wurde</translation>
  </message>
  <message>
   <source>Identified</source>
   <translation>Identifiziert</translation>
  </message>
  <message>
   <source>Interrupted</source>
   <translation>Unterbrochen</translation>
  </message>
  <message>
   <source>It did not confirm its credentials. Check its status.</source>
   <translation>Es hat seine Zugangsdaten nicht bestätigt. Prüfen Sie seinen Status.</translation>
  </message>
  <message>
   <source>It did not confirm its credentials. Query it while in range.</source>
   <translation>Es hat die Zugangsdaten nicht bestätigt. Fragen Sie es in Reichweite ab.</translation>
  </message>
  <message>
   <source>It did not confirm its credentials. Scan its code again: Companion checks the device first.</source>
   <translation>Es hat die Zugangsdaten nicht bestätigt. Scannen Sie seinen Code erneut: Companion prüft zuerst das Gerät.</translation>
  </message>
  <message>
   <source>Its certificates are revoked. If you get it back, rotate its certificate.</source>
   <translation>Seine Zertifikate sind widerrufen. Wenn Sie es zurückhaben, erneuern Sie sein Zertifikat.</translation>
  </message>
  <message>
   <source>Keys renewed</source>
   <translation>Schlüssel erneuert</translation>
  </message>
  <message>
   <source>Lab: {scenario}, run {number}</source>
   <translation>Labor: {scenario}, Lauf {number}</translation>
  </message>
  <message>
   <source>Last run</source>
   <translation>Letzter Lauf</translation>
  </message>
  <message>
   <source>Name, room, tags and note are as they were before.</source>
   <translation>Name, Raum, Schlagwörter und Notiz sind wieder wie vorher.</translation>
  </message>
  <message>
   <source>Name, tags and note</source>
   <translation>Name, Schlagwörter, Notiz</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>Network of {count} devices changed</source>
   <translation>Netz von {count} Geräten geändert</translation>
  </message>
  <message>
   <source>New owner: the transfer token was used</source>
   <translation>Neuer Eigentümer: Das Übertragungs-Token wurde verwendet</translation>
  </message>
  <message>
   <source>No device was tagged</source>
   <translation>Kein Gerät erhielt Schlagwörter</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <source>One of them would have more than {most} tags.</source>
   <translation>Eines von ihnen hätte mehr als {most} Schlagwörter.</translation>
  </message>
  <message>
   <source>Print label</source>
   <translation>Etikett drucken</translation>
  </message>
  <message>
   <source>Queried</source>
   <translation>Abgefragt</translation>
  </message>
  <message>
   <source>Querying {number} of {total}</source>
   <translation>Abfrage {number} von {total}</translation>
  </message>
  <message>
   <source>Recorded just now</source>
   <translation>Gerade eben aufgezeichnet</translation>
  </message>
  <message>
   <source>Recorded {time} ago</source>
   <translation>Vor {time} aufgezeichnet</translation>
  </message>
  <message>
   <source>Remove from here</source>
   <translation>Hier entfernen</translation>
  </message>
  <message>
   <source>Removed from here</source>
   <translation>Hier entfernt</translation>
  </message>
  <message>
   <source>Renamed</source>
   <translation>Umbenannt</translation>
  </message>
  <message>
   <source>Renew certificate</source>
   <translation>Zertifikat erneuern</translation>
  </message>
  <message>
   <source>Renew it now. The device must be reachable on the network.</source>
   <translation>Erneuern Sie es jetzt. Das Gerät muss im Netz erreichbar sein.</translation>
  </message>
  <message>
   <source>Renewed at the endpoint</source>
   <translation>Am Endpunkt erneuert</translation>
  </message>
  <message>
   <source>Renewing {number} of {total}</source>
   <translation>{number} von {total} wird erneuert</translation>
  </message>
  <message>
   <source>Replaced</source>
   <translation>Ersetzt</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Zurücksetzen</translation>
  </message>
  <message>
   <source>Revocation list expired</source>
   <translation>Widerrufsliste abgelaufen</translation>
  </message>
  <message>
   <source>Revocation list expires soon</source>
   <translation>Widerrufsliste läuft bald ab</translation>
  </message>
  <message>
   <source>Revocation list missing</source>
   <translation>Widerrufsliste fehlt</translation>
  </message>
  <message>
   <source>Revocation list out of date</source>
   <translation>Widerrufsliste nicht aktuell</translation>
  </message>
  <message>
   <source>Revoke</source>
   <translation>Widerrufen</translation>
  </message>
  <message>
   <source>Revoked</source>
   <translation>Widerrufen</translation>
  </message>
  <message>
   <source>Rotate certificate</source>
   <translation>Zertifikat erneuern</translation>
  </message>
  <message>
   <source>Rotate it now, while in range.</source>
   <translation>Erneuern Sie es jetzt, solange es in Reichweite ist.</translation>
  </message>
  <message>
   <source>Rotated</source>
   <translation>Erneuert</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>Lauf</translation>
  </message>
  <message>
   <source>Run ended</source>
   <translation>Lauf beendet</translation>
  </message>
  <message>
   <source>Run started</source>
   <translation>Lauf begonnen</translation>
  </message>
  <message>
   <source>Running</source>
   <translation>Läuft</translation>
  </message>
  <message>
   <source>Saved</source>
   <translation>Gespeichert</translation>
  </message>
  <message>
   <source>Search is still being indexed, {percent} %</source>
   <translation>Die Suche wird noch eingerichtet, {percent} %</translation>
  </message>
  <message>
   <source>Serial</source>
   <translation>Seriennummer</translation>
  </message>
  <message>
   <source>Set it up again with its code to renew the certificate.</source>
   <translation>Richten Sie es mit seinem Code neu ein, um das Zertifikat zu erneuern.</translation>
  </message>
  <message>
   <source>Set up</source>
   <translation>Eingerichtet</translation>
  </message>
  <message>
   <source>Setup unconfirmed</source>
   <translation>Einrichtung unbestätigt</translation>
  </message>
  <message>
   <source>Share with another app</source>
   <translation>Mit einer App teilen</translation>
  </message>
  <message>
   <source>Shared</source>
   <translation>Geteilt</translation>
  </message>
  <message>
   <source>Sharing stopped</source>
   <translation>Teilen beendet</translation>
  </message>
  <message>
   <source>Show attestation</source>
   <translation>Attestierung anzeigen</translation>
  </message>
  <message>
   <source>Status checked</source>
   <translation>Status abgefragt</translation>
  </message>
  <message>
   <source>Status followed</source>
   <translation>Status verfolgt</translation>
  </message>
  <message>
   <source>Stop following</source>
   <translation>Nicht mehr verfolgen</translation>
  </message>
  <message>
   <source>Stopped. Network of {count} devices changed</source>
   <translation>Angehalten. Netz von {count} Geräten geändert</translation>
  </message>
  <message>
   <source>Stopped. {count} certificates renewed</source>
   <translation>Angehalten. {count} Zertifikate erneuert</translation>
  </message>
  <message>
   <source>Stopped. {count} devices queried</source>
   <translation>Angehalten. {count} Geräte abgefragt</translation>
  </message>
  <message>
   <source>Switch on or off</source>
   <translation>Ein- oder ausschalten</translation>
  </message>
  <message>
   <source>Switched</source>
   <translation>Geschaltet</translation>
  </message>
  <message>
   <source>Table imported</source>
   <translation>Tabelle importiert</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Schlagwörter</translation>
  </message>
  <message>
   <source>Tags taken off {count} devices again</source>
   <translation>Schlagwörter von {count} Geräten wieder entfernt</translation>
  </message>
  <message>
   <source>Taken over</source>
   <translation>Übernommen</translation>
  </message>
  <message>
   <source>The change stays</source>
   <translation>Die Änderung bleibt</translation>
  </message>
  <message>
   <source>The code for other apps stopped working</source>
   <translation>Der Code für andere Apps gilt nicht mehr</translation>
  </message>
  <message>
   <source>The device applies your revocation list</source>
   <translation>Das Gerät wendet Ihre Widerrufsliste an</translation>
  </message>
  <message>
   <source>The device can be added to another app</source>
   <translation>Das Gerät kann einer weiteren App hinzugefügt werden</translation>
  </message>
  <message>
   <source>The device connected to its endpoint</source>
   <translation>Das Gerät hat sich an seinem Endpunkt angemeldet</translation>
  </message>
  <message>
   <source>The device discarded its credentials</source>
   <translation>Das Gerät hat die Zugangsdaten verworfen</translation>
  </message>
  <message>
   <source>The device listed who controls it</source>
   <translation>Das Gerät hat gemeldet, wer es steuert</translation>
  </message>
  <message>
   <source>The device now rejects its transfer token</source>
   <translation>Das Gerät lehnt sein Übertragungs-Token jetzt ab</translation>
  </message>
  <message>
   <source>The device reported its status</source>
   <translation>Das Gerät hat seinen Status gemeldet</translation>
  </message>
  <message>
   <source>The device was changed again since, or it is not listed.</source>
   <translation>Das Gerät wurde seitdem noch einmal geändert, oder es steht nicht in der Liste.</translation>
  </message>
  <message>
   <source>The device was switched</source>
   <translation>Das Gerät wurde geschaltet</translation>
  </message>
  <message>
   <source>The device's replaced certificate was revoked</source>
   <translation>Das ersetzte Zertifikat des Geräts wurde widerrufen</translation>
  </message>
  <message>
   <source>The name is also stored on the device, for other apps.</source>
   <translation>Der Name wird auch auf dem Gerät gespeichert, für andere Apps.</translation>
  </message>
  <message>
   <source>The reminder to finish this run was dismissed</source>
   <translation>Die Erinnerung an diesen Lauf wurde ausgeblendet</translation>
  </message>
  <message>
   <source>The transfer token is no longer valid</source>
   <translation>Das Übertragungs-Token ist nicht mehr gültig</translation>
  </message>
  <message>
   <source>To be checked</source>
   <translation>Zu prüfen</translation>
  </message>
  <message>
   <source>Today {time}</source>
   <translation>Heute {time}</translation>
  </message>
  <message>
   <source>Transfer cancelled</source>
   <translation>Übertragung abgebrochen</translation>
  </message>
  <message>
   <source>Transfer pending</source>
   <translation>Übertragung offen</translation>
  </message>
  <message>
   <source>Transfer to someone</source>
   <translation>An jemanden übertragen</translation>
  </message>
  <message>
   <source>Transfer token</source>
   <translation>Übertragungs-Token</translation>
  </message>
  <message>
   <source>Transfer token cancellation requested</source>
   <translation>Widerruf des Übertragungs-Tokens angefordert</translation>
  </message>
  <message>
   <source>Transfer token created</source>
   <translation>Übertragungs-Token erstellt</translation>
  </message>
  <message>
   <source>Transferred</source>
   <translation>Übertragen</translation>
  </message>
  <message>
   <source>Trust chain</source>
   <translation>Vertrauenskette</translation>
  </message>
  <message>
   <source>Was reset</source>
   <translation>Zurückgesetzt</translation>
  </message>
  <message>
   <source>What goes over the air is recorded</source>
   <translation>Der Funkverkehr wird aufgezeichnet</translation>
  </message>
  <message>
   <source>Who controls it</source>
   <translation>Wer es steuert</translation>
  </message>
  <message>
   <source>Yesterday {time}</source>
   <translation>Gestern {time}</translation>
  </message>
  <message>
   <source>You</source>
   <translation>Sie</translation>
  </message>
  <message>
   <source>You were asked about a risk</source>
   <translation>Sie wurden nach einem Risiko gefragt</translation>
  </message>
  <message>
   <source>You were asked about the attestation</source>
   <translation>Sie wurden nach der Attestierung gefragt</translation>
  </message>
  <message>
   <source>You were asked for network and name</source>
   <translation>Sie wurden nach Netz und Namen gefragt</translation>
  </message>
  <message>
   <source>You were asked for the printed secret</source>
   <translation>Sie wurden nach dem aufgedruckten Geheimnis gefragt</translation>
  </message>
  <message>
   <source>You were asked to compare numbers</source>
   <translation>Sie wurden gebeten, Zahlen zu vergleichen</translation>
  </message>
  <message>
   <source>You were asked whether to try again</source>
   <translation>Sie wurden gefragt, ob es erneut versucht werden soll</translation>
  </message>
  <message>
   <source>You were asked: a replacement, or another device?</source>
   <translation>Sie wurden gefragt: ein Ersatz oder ein anderes Gerät?</translation>
  </message>
  <message>
   <source>You were asked: this device?</source>
   <translation>Sie wurden gefragt: dieses Gerät?</translation>
  </message>
  <message>
   <source>You were asked: which device?</source>
   <translation>Sie wurden gefragt: welches Gerät?</translation>
  </message>
  <message>
   <source>cancelled, device not notified yet</source>
   <translation>widerrufen, Gerät noch nicht benachrichtigt</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keins</translation>
  </message>
  <message>
   <source>now</source>
   <translation>jetzt</translation>
  </message>
  <message>
   <source>until {date}</source>
   <translation>bis {date}</translation>
  </message>
  <message>
   <source>{changed} devices changed.</source>
   <translation>{changed} Geräte geändert.</translation>
  </message>
  <message>
   <source>{count} B</source>
   <translation>{count} B</translation>
  </message>
  <message>
   <source>{count} certificates renewed</source>
   <translation>{count} Zertifikate erneuert</translation>
  </message>
  <message>
   <source>{count} days</source>
   <translation>{count} Tagen</translation>
  </message>
  <message>
   <source>{count} devices queried</source>
   <translation>{count} Geräte abgefragt</translation>
  </message>
  <message>
   <source>{count} devices tagged</source>
   <translation>{count} Geräte haben neue Schlagwörter</translation>
  </message>
  <message>
   <source>{count} h</source>
   <translation>{count} h</translation>
  </message>
  <message>
   <source>{count} min</source>
   <translation>{count} min</translation>
  </message>
  <message>
   <source>{count} rows were left out: they name no device here, or it is not clear which one.</source>
   <translation>{count} Zeilen wurden ausgelassen: Sie nennen kein Gerät, das es hier gibt, oder es ist unklar, welches.</translation>
  </message>
  <message>
   <source>{count} tokens, {until}</source>
   <translation>{count} Token, {until}</translation>
  </message>
  <message>
   <source>{file}</source>
   <translation>{file}</translation>
  </message>
  <message>
   <source>{file} is missing.</source>
   <translation>{file} fehlt.</translation>
  </message>
  <message>
   <source>{named}; {count} more</source>
   <translation>{named}; {count} weitere</translation>
  </message>
  <message>
   <source>{name}. Other runs wait until this ends.</source>
   <translation>{name}. Andere Läufe warten, bis dies beendet ist.</translation>
  </message>
  <message>
   <source>{name}: {why} ({code})</source>
   <translation>{name}: {why} ({code})</translation>
  </message>
  <message>
   <source>{step} finished</source>
   <translation>{step} beendet</translation>
  </message>
  <message>
   <source>{step} started</source>
   <translation>{step} begonnen</translation>
  </message>
  <message>
   <source>{tags}</source>
   <translation>{tags}</translation>
  </message>
 </context>
 <context>
  <name>requirements</name>
  <message>
   <source>Allow it under “Add device”.</source>
   <translation>Erlauben Sie es unter „Hinzufügen“.</translation>
  </message>
  <message>
   <source>Allow the camera for Companion in the system's privacy settings.</source>
   <translation>Erlauben Sie Companion die Kamera in den Datenschutzeinstellungen des Systems.</translation>
  </message>
  <message>
   <source>Bluetooth not checked yet</source>
   <translation>Bluetooth noch nicht geprüft</translation>
  </message>
  <message>
   <source>Bluetooth works</source>
   <translation>Bluetooth funktioniert</translation>
  </message>
  <message>
   <source>Camera not checked yet</source>
   <translation>Kamera noch nicht geprüft</translation>
  </message>
  <message>
   <source>Close other programs that use it.</source>
   <translation>Schließen Sie andere Programme, die sie verwenden.</translation>
  </message>
  <message>
   <source>Companion can't check everything. See what else you may need.</source>
   <translation>Companion kann nicht alles prüfen. Sehen Sie, was Sie noch brauchen könnten.</translation>
  </message>
  <message>
   <source>Connect one, or type, paste, drop or open the code instead.</source>
   <translation>Schließen Sie eine an, oder geben Sie den Code anders ein: tippen, einfügen, ablegen oder öffnen.</translation>
  </message>
  <message>
   <source>Devices in range are listed under “Add device”.</source>
   <translation>Geräte in Reichweite stehen unter „Hinzufügen“.</translation>
  </message>
  <message>
   <source>It is on only while “Add device” is open.</source>
   <translation>Sie ist nur an, solange „Hinzufügen“ offen ist.</translation>
  </message>
  <message>
   <source>No adapter? Try the whole setup with a virtual device.</source>
   <translation>Kein Adapter? Testen Sie die Einrichtung mit einem virtuellen Gerät.</translation>
  </message>
  <message>
   <source>No camera found</source>
   <translation>Keine Kamera gefunden</translation>
  </message>
  <message>
   <source>No image from the camera</source>
   <translation>Kein Bild von der Kamera</translation>
  </message>
  <message>
   <source>No permission to use the camera</source>
   <translation>Keine Berechtigung für die Kamera</translation>
  </message>
  <message>
   <source>No problems found</source>
   <translation>Keine Probleme gefunden</translation>
  </message>
  <message>
   <source>Nothing is missing</source>
   <translation>Es fehlt nichts</translation>
  </message>
  <message>
   <source>Nothing is missing.</source>
   <translation>Es fehlt nichts.</translation>
  </message>
  <message>
   <source>Some features are unavailable. Here is what is missing and how to fix it.</source>
   <translation>Einige Funktionen sind nicht verfügbar. Das fehlt, und so beheben Sie es.</translation>
  </message>
  <message>
   <source>Something is missing</source>
   <translation>Es fehlt etwas</translation>
  </message>
  <message>
   <source>The camera needs your permission</source>
   <translation>Die Kamera braucht Ihre Erlaubnis</translation>
  </message>
  <message>
   <source>The camera works</source>
   <translation>Die Kamera funktioniert</translation>
  </message>
  <message>
   <source>The virtual radio works</source>
   <translation>Der virtuelle Funk funktioniert</translation>
  </message>
  <message>
   <source>These checks were run.</source>
   <translation>Diese Prüfungen wurden durchgeführt.</translation>
  </message>
  <message>
   <source>To be fixed: {count}</source>
   <translation>Zu beheben: {count}</translation>
  </message>
  <message>
   <source>Your code is kept.</source>
   <translation>Ihr Code bleibt erhalten.</translation>
  </message>
 </context>
 <context>
  <name>scan</name>
  <message>
   <source>Companion was stopped while sending credentials ({when}). The device may already have them.</source>
   <translation>Companion wurde beim Senden der Zugangsdaten beendet ({when}). Das Gerät hat sie vielleicht schon.</translation>
  </message>
  <message>
   <source>Other unfinished runs: {count}.</source>
   <translation>Weitere nicht abgeschlossene Läufe: {count}.</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>Lauf</translation>
  </message>
  <message>
   <source>Scan its code again to check it.</source>
   <translation>Scannen Sie seinen Code erneut, um es zu prüfen.</translation>
  </message>
  <message>
   <source>Setup of {name} was cancelled</source>
   <translation>Die Einrichtung von {name} wurde abgebrochen</translation>
  </message>
  <message>
   <source>Switch it on and bring it near, or scan its code: Companion continues where it stopped.</source>
   <translation>Schalten Sie es in der Nähe ein, oder scannen Sie seinen Code: Companion macht dort weiter, wo es aufgehört hat.</translation>
  </message>
  <message>
   <source>{name} is not finished</source>
   <translation>{name} ist nicht fertig eingerichtet</translation>
  </message>
  <message>
   <source>{name} is not in range</source>
   <translation>{name} ist nicht in Reichweite</translation>
  </message>
 </context>
 <context>
  <name>signal</name>
  <message>
   <source>good</source>
   <translation>gut</translation>
  </message>
  <message>
   <source>strong</source>
   <translation>stark</translation>
  </message>
  <message>
   <source>very weak</source>
   <translation>sehr schwach</translation>
  </message>
  <message>
   <source>weak</source>
   <translation>schwach</translation>
  </message>
 </context>
 <context>
  <name>sound</name>
  <message>
   <source>Allow it in the system's privacy settings, then choose the sound again.</source>
   <translation>Erlauben Sie es in den Datenschutzeinstellungen des Systems und wählen Sie dann noch einmal den Ton.</translation>
  </message>
  <message>
   <source>Allow it when the system asks.</source>
   <translation>Erlauben Sie es, wenn das System fragt.</translation>
  </message>
  <message>
   <source>Close other programs that use it, or reconnect it.</source>
   <translation>Beenden Sie andere Programme, die es verwenden, oder schließen Sie es neu an.</translation>
  </message>
  <message>
   <source>Companion may not use the microphone</source>
   <translation>Companion darf das Mikrofon nicht verwenden</translation>
  </message>
  <message>
   <source>Companion needs the microphone</source>
   <translation>Companion braucht das Mikrofon</translation>
  </message>
  <message>
   <source>Connect one, or use another way.</source>
   <translation>Schließen Sie eines an oder nehmen Sie einen anderen Weg.</translation>
  </message>
  <message>
   <source>Hearing the device: {share} %</source>
   <translation>Das Gerät ist zu hören: {share} %</translation>
  </message>
  <message>
   <source>Hold it closer to the microphone, away from bare walls.</source>
   <translation>Halten Sie es näher ans Mikrofon, fern von kahlen Wänden.</translation>
  </message>
  <message>
   <source>Hold the device about a hand's width away.</source>
   <translation>Halten Sie das Gerät etwa eine Handbreit entfernt.</translation>
  </message>
  <message>
   <source>Hold the device closer to the microphone.</source>
   <translation>Halten Sie das Gerät näher ans Mikrofon.</translation>
  </message>
  <message>
   <source>It is noisy here</source>
   <translation>Es ist laut hier</translation>
  </message>
  <message>
   <source>Keep it close. All of it takes three seconds.</source>
   <translation>Halten Sie es nah. Das Ganze dauert drei Sekunden.</translation>
  </message>
  <message>
   <source>Let only one of them sound. If there is only one, someone may be interfering.</source>
   <translation>Lassen Sie nur eines davon tönen. Wenn es nur eines gibt, stört möglicherweise jemand.</translation>
  </message>
  <message>
   <source>Listen to the device</source>
   <translation>Dem Gerät zuhören</translation>
  </message>
  <message>
   <source>Listening</source>
   <translation>Companion hört zu</translation>
  </message>
  <message>
   <source>Make it quiet, or hold the device closer to the microphone.</source>
   <translation>Sorgen Sie für Ruhe oder halten Sie das Gerät näher ans Mikrofon.</translation>
  </message>
  <message>
   <source>Move the device away from the microphone.</source>
   <translation>Halten Sie das Gerät weiter vom Mikrofon weg.</translation>
  </message>
  <message>
   <source>Music or voices, but no device</source>
   <translation>Musik oder Stimmen, aber kein Gerät</translation>
  </message>
  <message>
   <source>No microphone found</source>
   <translation>Kein Mikrofon gefunden</translation>
  </message>
  <message>
   <source>No sound from the microphone</source>
   <translation>Kein Ton vom Mikrofon</translation>
  </message>
  <message>
   <source>Several devices send different secrets</source>
   <translation>Mehrere Geräte senden verschiedene Geheimnisse</translation>
  </message>
  <message>
   <source>Start the sound on the device, about a hand's width away.</source>
   <translation>Starten Sie den Ton am Gerät, etwa eine Handbreit entfernt.</translation>
  </message>
  <message>
   <source>Start the sound on the device, close to the microphone and out of others' earshot.</source>
   <translation>Starten Sie den Ton am Gerät, nah am Mikrofon und außer Hörweite anderer.</translation>
  </message>
  <message>
   <source>Starting the microphone</source>
   <translation>Das Mikrofon startet</translation>
  </message>
  <message>
   <source>Switch it on and raise its level, or allow it in the system's privacy settings.</source>
   <translation>Schalten Sie es ein und stellen Sie es lauter, oder erlauben Sie es in den Datenschutzeinstellungen des Systems.</translation>
  </message>
  <message>
   <source>The device was heard, but not clearly</source>
   <translation>Das Gerät war zu hören, aber nicht deutlich</translation>
  </message>
  <message>
   <source>The device was heard.</source>
   <translation>Das Gerät war zu hören.</translation>
  </message>
  <message>
   <source>The microphone is muted</source>
   <translation>Das Mikrofon ist stumm</translation>
  </message>
  <message>
   <source>The sound is too loud</source>
   <translation>Der Ton ist zu laut</translation>
  </message>
 </context>
 <context>
  <name>steps</name>
  <message>
   <source>Check</source>
   <translation>Prüfen</translation>
  </message>
  <message>
   <source>Check that it is on and in setup mode, and move within two metres of it.</source>
   <translation>Prüfen Sie, ob es eingeschaltet und im Einrichtungsmodus ist, und gehen Sie auf zwei Meter heran.</translation>
  </message>
  <message>
   <source>Check the device: it may be waiting for its button to be pressed.</source>
   <translation>Prüfen Sie das Gerät: Möglicherweise wartet es auf einen Tastendruck.</translation>
  </message>
  <message>
   <source>Confirm</source>
   <translation>Bestätigen</translation>
  </message>
  <message>
   <source>Connect</source>
   <translation>Verbinden</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Finden</translation>
  </message>
  <message>
   <source>Find the matching device</source>
   <translation>Das passende Gerät suchen</translation>
  </message>
  <message>
   <source>Hand over</source>
   <translation>Übergeben</translation>
  </message>
  <message>
   <source>Is the device close to the router? If not, move it closer.</source>
   <translation>Ist das Gerät nahe am Router? Wenn nicht, bringen Sie es näher heran.</translation>
  </message>
  <message>
   <source>Joining a network can take half a minute. Keep the device near the router.</source>
   <translation>Der Beitritt zu einem Netz kann eine halbe Minute dauern. Lassen Sie das Gerät beim Router.</translation>
  </message>
  <message>
   <source>Move closer to the device, and turn off other radios nearby.</source>
   <translation>Gehen Sie näher an das Gerät, und schalten Sie andere Funkgeräte in der Nähe aus.</translation>
  </message>
  <message>
   <source>Move closer to the device. A phone nearby may be using its connection.</source>
   <translation>Gehen Sie näher an das Gerät. Ein Telefon in der Nähe belegt möglicherweise seine Verbindung.</translation>
  </message>
  <message>
   <source>Secure</source>
   <translation>Absichern</translation>
  </message>
  <message>
   <source>Then authenticate the device</source>
   <translation>Dann das Gerät authentifizieren</translation>
  </message>
  <message>
   <source>Then check that it works</source>
   <translation>Dann die Funktion prüfen</translation>
  </message>
  <message>
   <source>Then connect</source>
   <translation>Dann verbinden</translation>
  </message>
  <message>
   <source>Then secure the connection</source>
   <translation>Dann die Verbindung absichern</translation>
  </message>
  <message>
   <source>Then send its credentials</source>
   <translation>Dann die Zugangsdaten senden</translation>
  </message>
 </context>
 <context>
  <name>success</name>
  <message>
   <source>Certificate, valid for {days} days</source>
   <translation>Zertifikat, gültig für {days} Tage</translation>
  </message>
  <message>
   <source>Checks: {counts}.</source>
   <translation>Prüfungen: {counts}.</translation>
  </message>
  <message>
   <source>Handed over</source>
   <translation>Übergeben</translation>
  </message>
  <message>
   <source>Issued by your own CA for this device.</source>
   <translation>Ausgestellt von Ihrer eigenen CA für dieses Gerät.</translation>
  </message>
  <message>
   <source>It is in your registry.</source>
   <translation>Es steht in Ihrer Registry.</translation>
  </message>
  <message>
   <source>It records what the device accepted and from whom.</source>
   <translation>Sie hält fest, was das Gerät von wem angenommen hat.</translation>
  </message>
  <message>
   <source>Receipt, signed by the device</source>
   <translation>Quittung, vom Gerät signiert</translation>
  </message>
  <message>
   <source>Set up the next device ({count} left)</source>
   <translation>Nächstes Gerät einrichten (noch {count})</translation>
  </message>
  <message>
   <source>Show checks</source>
   <translation>Prüfungen zeigen</translation>
  </message>
  <message>
   <source>Verified at its endpoint</source>
   <translation>Am Endpunkt geprüft</translation>
  </message>
  <message>
   <source>Who vouches for it</source>
   <translation>Wer für das Gerät bürgt</translation>
  </message>
  <message>
   <source>handshake</source>
   <translation>Handshake</translation>
  </message>
  <message>
   <source>in total</source>
   <translation>insgesamt</translation>
  </message>
  <message>
   <source>its certificate</source>
   <translation>sein Zertifikat</translation>
  </message>
  <message>
   <source>its certificate, issued by a delegate's intermediate certificate under the fabric's root</source>
   <translation>sein Zertifikat, ausgestellt vom Zwischenzertifikat eines Bevollmächtigten unter der Wurzel der Fabric</translation>
  </message>
  <message>
   <source>its endpoint</source>
   <translation>sein Endpunkt</translation>
  </message>
  <message>
   <source>its name</source>
   <translation>sein Name</translation>
  </message>
  <message>
   <source>network {name}</source>
   <translation>Netz {name}</translation>
  </message>
  <message>
   <source>retries</source>
   <translation>Wiederholungen</translation>
  </message>
  <message>
   <source>the time</source>
   <translation>die Zeit</translation>
  </message>
  <message>
   <source>your owner key</source>
   <translation>Ihr Eigentümerschlüssel</translation>
  </message>
  <message>
   <source>your trust anchors</source>
   <translation>Ihre Vertrauensanker</translation>
  </message>
  <message>
   <source>{count} B</source>
   <translation>{count} B</translation>
  </message>
  <message>
   <source>{days} days left</source>
   <translation>noch {days} Tage</translation>
  </message>
  <message>
   <source>{tls} to {endpoint}, with the certificate it just got.</source>
   <translation>{tls} zu {endpoint}, mit dem eben erhaltenen Zertifikat.</translation>
  </message>
 </context>
 <context>
  <name>team</name>
  <message>
   <source>1 run waits for the server</source>
   <translation>1 Lauf wartet auf den Server</translation>
  </message>
  <message>
   <source>A PostgreSQL server lets several computers share them.</source>
   <translation>Mit einem PostgreSQL-Server teilen mehrere Computer sie.</translation>
  </message>
  <message>
   <source>Devices and runs are at {address}</source>
   <translation>Geräte und Läufe sind auf {address}</translation>
  </message>
  <message>
   <source>Devices and runs are on this computer</source>
   <translation>Geräte und Läufe sind auf diesem Computer</translation>
  </message>
  <message>
   <source>Encrypted, certificate checked.</source>
   <translation>Verschlüsselt, Zertifikat geprüft.</translation>
  </message>
  <message>
   <source>Encrypted; only sslmode=verify-full checks who answers.</source>
   <translation>Verschlüsselt; nur sslmode=verify-full prüft, wer antwortet.</translation>
  </message>
  <message>
   <source>Here you can name and revoke it. To change the device itself, restore a backup of these keys or ask for a grant.</source>
   <translation>Hier können Sie es benennen und widerrufen. Um das Gerät selbst zu ändern, stellen Sie eine Sicherung dieser Schlüssel wieder her oder bitten Sie um eine Vollmacht.</translation>
  </message>
  <message>
   <source>It is kept in this computer's key store. Type another one to replace it.</source>
   <translation>Es ist im Schlüsselspeicher dieses Computers. Geben Sie ein anderes ein, um es zu ersetzen.</translation>
  </message>
  <message>
   <source>Its keys are on {computer}</source>
   <translation>Seine Schlüssel sind auf {computer}</translation>
  </message>
  <message>
   <source>Keys never leave this computer.</source>
   <translation>Schlüssel verlassen diesen Computer nie.</translation>
  </message>
  <message>
   <source>Not encrypted: add ?sslmode=verify-full.</source>
   <translation>Nicht verschlüsselt: ?sslmode=verify-full ergänzen.</translation>
  </message>
  <message>
   <source>PostgreSQL {version}</source>
   <translation>PostgreSQL {version}</translation>
  </message>
  <message>
   <source>The registry is of a newer version. Update Companion on this computer.</source>
   <translation>Die Registry ist von einer neueren Version. Aktualisieren Sie Companion auf diesem Computer.</translation>
  </message>
  <message>
   <source>The registry is of an older version. It is updated when an owner uses it.</source>
   <translation>Die Registry ist von einer älteren Version. Sie wird aktualisiert, sobald ein Eigentümer sie verwendet.</translation>
  </message>
  <message>
   <source>There is no registry in this database yet. It is made when an owner uses it.</source>
   <translation>In dieser Datenbank ist noch keine Registry. Sie wird angelegt, sobald ein Eigentümer sie verwendet.</translation>
  </message>
  <message>
   <source>They are being delivered.</source>
   <translation>Sie werden zugestellt.</translation>
  </message>
  <message>
   <source>This computer has no key store: it is kept until Companion ends.</source>
   <translation>Dieser Computer hat keinen Schlüsselspeicher: Es bleibt, bis Companion endet.</translation>
  </message>
  <message>
   <source>You may do everything.</source>
   <translation>Sie dürfen alles.</translation>
  </message>
  <message>
   <source>You may look, and change nothing.</source>
   <translation>Sie dürfen alles ansehen, nichts ändern.</translation>
  </message>
  <message>
   <source>You may set up, edit and revoke.</source>
   <translation>Sie dürfen einrichten, ändern, widerrufen.</translation>
  </message>
  <message>
   <source>{count} runs wait for the server</source>
   <translation>{count} Läufe warten auf den Server</translation>
  </message>
  <message>
   <source>{devices} devices, {runs} runs.</source>
   <translation>{devices} Geräte, {runs} Läufe.</translation>
  </message>
 </context>
 <context>
  <name>thread_networks</name>
  <message>
   <source>A virtual network, dataset filled in</source>
   <translation>Ein virtuelles Netz, Datensatz ausgefüllt</translation>
  </message>
  <message>
   <source>Border router {name}</source>
   <translation>Border-Router {name}</translation>
  </message>
  <message>
   <source>Border router {name}, {product}</source>
   <translation>Border-Router {name}, {product}</translation>
  </message>
  <message>
   <source>Channel {channel}, PAN ID {pan}</source>
   <translation>Kanal {channel}, PAN-ID {pan}</translation>
  </message>
  <message>
   <source>From the border router</source>
   <translation>Vom Border-Router</translation>
  </message>
  <message>
   <source>From the code you scanned</source>
   <translation>Aus dem gescannten Code</translation>
  </message>
  <message>
   <source>From the key store</source>
   <translation>Aus dem Schlüsselspeicher</translation>
  </message>
  <message>
   <source>Near, channel {channel}</source>
   <translation>In der Nähe, Kanal {channel}</translation>
  </message>
  <message>
   <source>Near, channel {channel}, dataset needed</source>
   <translation>In der Nähe, Kanal {channel}, Datensatz nötig</translation>
  </message>
  <message>
   <source>Near, dataset needed</source>
   <translation>In der Nähe, Datensatz nötig</translation>
  </message>
 </context>
 <context>
  <name>trust</name>
  <message>
   <source>Certificate</source>
   <translation>Zertifikat</translation>
  </message>
  <message>
   <source>Does not expire</source>
   <translation>Läuft nicht ab</translation>
  </message>
  <message>
   <source>Expired {date}</source>
   <translation>Abgelaufen {date}</translation>
  </message>
  <message>
   <source>Grant</source>
   <translation>Vollmacht</translation>
  </message>
  <message>
   <source>Grant {id}</source>
   <translation>Vollmacht {id}</translation>
  </message>
  <message>
   <source>No certificate</source>
   <translation>Kein Zertifikat</translation>
  </message>
  <message>
   <source>Owner root</source>
   <translation>Eigentümer</translation>
  </message>
  <message>
   <source>Proof written</source>
   <translation>Beweis geschrieben</translation>
  </message>
  <message>
   <source>There is no proof for this device.</source>
   <translation>Für dieses Gerät gibt es keinen Beweis.</translation>
  </message>
  <message>
   <source>This chain is not valid. {reason}.</source>
   <translation>Diese Kette ist nicht gültig. {reason}.</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>Dieser Computer</translation>
  </message>
  <message>
   <source>You added this device yourself. Every link is verified.</source>
   <translation>Sie haben dieses Gerät selbst hinzugefügt. Jedes Glied ist geprüft.</translation>
  </message>
  <message>
   <source>You added this device yourself. What could be checked is verified.</source>
   <translation>Sie haben dieses Gerät selbst hinzugefügt. Was sich prüfen ließ, ist geprüft.</translation>
  </message>
  <message>
   <source>You let {first} act for you. {last} added this device. Every link is verified.</source>
   <translation>Sie haben {first} bevollmächtigt. {last} hat dieses Gerät hinzugefügt. Jedes Glied ist geprüft.</translation>
  </message>
  <message>
   <source>You let {first} act for you. {last} added this device. Not every grant is still valid.</source>
   <translation>Sie haben {first} bevollmächtigt. {last} hat dieses Gerät hinzugefügt. Nicht jede Vollmacht gilt noch.</translation>
  </message>
  <message>
   <source>You let {first} act for you. {last} added this device. What could be checked is verified.</source>
   <translation>Sie haben {first} bevollmächtigt. {last} hat dieses Gerät hinzugefügt. Was sich prüfen ließ, ist geprüft.</translation>
  </message>
  <message>
   <source>and receipt</source>
   <translation>und Quittung</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>issued {date}</source>
   <translation>ausgestellt {date}</translation>
  </message>
  <message>
   <source>none kept</source>
   <translation>keines aufbewahrt</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>nicht bekannt</translation>
  </message>
  <message>
   <source>revoked</source>
   <translation>widerrufen</translation>
  </message>
  <message>
   <source>until {date}</source>
   <translation>bis {date}</translation>
  </message>
  <message>
   <source>verified</source>
   <translation>geprüft</translation>
  </message>
  <message>
   <source>{file}, with verify_proof.py beside it.</source>
   <translation>{file}, daneben verify_proof.py.</translation>
  </message>
  <message>
   <source>{left} days left</source>
   <translation>noch {left} Tage</translation>
  </message>
  <message>
   <source>{left} of {span} days left</source>
   <translation>noch {left} von {span} Tagen</translation>
  </message>
  <message>
   <source>{passed} of {count}, {seconds} s</source>
   <translation>{passed} von {count}, {seconds} s</translation>
  </message>
 </context>
 <context>
  <name>units</name>
  <message>
   <source>{milliseconds} ms</source>
   <translation>{milliseconds} ms</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} s</translation>
  </message>
 </context>
 <context>
  <name>upkeep</name>
  <message>
   <source>Created on {date}.</source>
   <translation>Erstellt am {date}.</translation>
  </message>
  <message>
   <source>How many devices and runs there are</source>
   <translation>Wie viele Geräte und Läufe es gibt</translation>
  </message>
  <message>
   <source>It is created with your first device.</source>
   <translation>Er entsteht mit Ihrem ersten Gerät.</translation>
  </message>
  <message>
   <source>No owner key yet</source>
   <translation>Noch kein Eigentümerschlüssel</translation>
  </message>
  <message>
   <source>Of {count} others the outcome stays.</source>
   <translation>Von {count} weiteren bleibt das Ergebnis.</translation>
  </message>
  <message>
   <source>Owner key {key}</source>
   <translation>Eigentümerschlüssel {key}</translation>
  </message>
  <message>
   <source>Runs are kept for ever</source>
   <translation>Läufe werden für immer aufbewahrt</translation>
  </message>
  <message>
   <source>Runs are kept for {days} days</source>
   <translation>Läufe werden {days} Tage aufbewahrt</translation>
  </message>
  <message>
   <source>Support bundle saved</source>
   <translation>Supportpaket gespeichert</translation>
  </message>
  <message>
   <source>The newest runs, with steps and events, redacted</source>
   <translation>Die neuesten Läufe, mit Schritten und Ereignissen, geschwärzt</translation>
  </message>
  <message>
   <source>The same runs as lines</source>
   <translation>Dieselben Läufe als Zeilen</translation>
  </message>
  <message>
   <source>This list</source>
   <translation>Diese Liste</translation>
  </message>
  <message>
   <source>Versions of Companion, of Python and of libraries</source>
   <translation>Versionen von Companion, Python und Bibliotheken</translation>
  </message>
  <message>
   <source>What happened in them is removed at once, and can't be brought back but from a backup.</source>
   <translation>Was in ihnen geschah, wird sofort entfernt und lässt sich nur aus einer Sicherung zurückholen.</translation>
  </message>
  <message>
   <source>What was found on this computer, without folders and addresses</source>
   <translation>Was auf diesem Computer gefunden wurde, ohne Ordner und Adressen</translation>
  </message>
  <message>
   <source>Your devices accept changes from whoever has this key.</source>
   <translation>Ihre Geräte nehmen Änderungen von allen an, die diesen Schlüssel haben.</translation>
  </message>
  <message>
   <source>Your owner key</source>
   <translation>Ihr Eigentümerschlüssel</translation>
  </message>
  <message>
   <source>{backup}.</source>
   <translation>{backup}.</translation>
  </message>
  <message>
   <source>{count} runs are older</source>
   <translation>{count} Läufe sind älter</translation>
  </message>
  <message>
   <source>{count} runs removed</source>
   <translation>{count} Läufe entfernt</translation>
  </message>
  <message>
   <source>{file}. Look into it before you send it.</source>
   <translation>{file}. Sehen Sie hinein, bevor Sie es senden.</translation>
  </message>
 </context>
 <context>
  <name>virtual</name>
  <message>
   <source>A real device would be in your hand.</source>
   <translation>Ein echtes Gerät wäre in Ihrer Hand.</translation>
  </message>
  <message>
   <source>Confirmed</source>
   <translation>Bestätigt</translation>
  </message>
  <message>
   <source>It has its credentials and is online.</source>
   <translation>Es hat seine Zugangsdaten und ist online.</translation>
  </message>
  <message>
   <source>Its display and its button appear here.</source>
   <translation>Sein Display und seine Taste erscheinen hier.</translation>
  </message>
  <message>
   <source>Online</source>
   <translation>Online</translation>
  </message>
  <message>
   <source>Password, filled in for you: {password}</source>
   <translation>Passwort, für Sie ausgefüllt: {password}</translation>
  </message>
  <message>
   <source>Ready to set up</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Abgelehnt</translation>
  </message>
  <message>
   <source>Same?</source>
   <translation>Gleich?</translation>
  </message>
  <message>
   <source>Setting up</source>
   <translation>Einrichtung</translation>
  </message>
  <message>
   <source>“{name}”, a virtual access point</source>
   <translation>„{name}“, ein virtueller Access Point</translation>
  </message>
 </context>
 <context>
  <name>vouchers</name>
  <message>
   <source>Ask whoever sent it for a valid one.</source>
   <translation>Bitten Sie den Absender um einen gültigen.</translation>
  </message>
  <message>
   <source>Certificate</source>
   <translation>Zertifikat</translation>
  </message>
  <message>
   <source>Delivery note saved</source>
   <translation>Lieferschein gespeichert</translation>
  </message>
  <message>
   <source>Device</source>
   <translation>Gerät</translation>
  </message>
  <message>
   <source>Entries {first} to {last}</source>
   <translation>Einträge {first} bis {last}</translation>
  </message>
  <message>
   <source>Entry {number}</source>
   <translation>Eintrag {number}</translation>
  </message>
  <message>
   <source>Handed it on</source>
   <translation>Gab es weiter</translation>
  </message>
  <message>
   <source>Handed on</source>
   <translation>Weitergabe</translation>
  </message>
  <message>
   <source>It asks for its owner at {hosts}.</source>
   <translation>Es fragt bei {hosts} nach seinem Eigentümer.</translation>
  </message>
  <message>
   <source>It is saved here. Whoever scans the GUID on its delivery note finds it.</source>
   <translation>Er ist hier gespeichert. Wer die GUID auf dem Lieferschein scannt, findet ihn.</translation>
  </message>
  <message>
   <source>It was announced until {until}. Announce it again.</source>
   <translation>Es war bis {until} angemeldet. Melden Sie es wieder an.</translation>
  </message>
  <message>
   <source>Its rendezvous server announces its owner until {until}.</source>
   <translation>Der Rendezvous-Server nennt dem Gerät seinen Eigentümer bis {until}.</translation>
  </message>
  <message>
   <source>Made it</source>
   <translation>Hat es hergestellt</translation>
  </message>
  <message>
   <source>Manufacturer</source>
   <translation>Hersteller</translation>
  </message>
  <message>
   <source>Owner {number}</source>
   <translation>Eigentümer {number}</translation>
  </message>
  <message>
   <source>Ownership voucher</source>
   <translation>Ownership Voucher</translation>
  </message>
  <message>
   <source>Owns it</source>
   <translation>Ist Eigentümer</translation>
  </message>
  <message>
   <source>Save it, so that whoever scans the device's GUID finds out whose it is.</source>
   <translation>Speichern Sie ihn, damit ein Scan der GUID zeigt, wem das Gerät gehört.</translation>
  </message>
  <message>
   <source>There is no voucher to show.</source>
   <translation>Es gibt keinen Voucher zu zeigen.</translation>
  </message>
  <message>
   <source>This device has not been handed on. It is still its manufacturer's.</source>
   <translation>Dieses Gerät wurde noch nicht weitergegeben. Es gehört noch dem Hersteller.</translation>
  </message>
  <message>
   <source>This device is assigned to a different owner, with the key {mark}.</source>
   <translation>Dieses Gerät ist einem anderen Eigentümer zugeordnet, mit dem Schlüssel {mark}.</translation>
  </message>
  <message>
   <source>This device is assigned to the key {mark}.</source>
   <translation>Dieses Gerät ist dem Schlüssel {mark} zugeordnet.</translation>
  </message>
  <message>
   <source>This device is assigned to you.</source>
   <translation>Dieses Gerät ist Ihnen zugeordnet.</translation>
  </message>
  <message>
   <source>This voucher is not valid. {reason}.</source>
   <translation>Dieser Voucher ist ungültig. {reason}.</translation>
  </message>
  <message>
   <source>You own it</source>
   <translation>Gehört Ihnen</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>not known</source>
   <translation>unbekannt</translation>
  </message>
  <message>
   <source>verified</source>
   <translation>geprüft</translation>
  </message>
  <message>
   <source>{count} more</source>
   <translation>{count} weitere</translation>
  </message>
 </context>
 <context>
  <name>wifi</name>
  <message>
   <source>WEP, insecure</source>
   <translation>WEP, unsicher</translation>
  </message>
  <message>
   <source>WPA, outdated</source>
   <translation>WPA, veraltet</translation>
  </message>
  <message>
   <source>WPA2</source>
   <translation>WPA2</translation>
  </message>
  <message>
   <source>WPA2 and WPA3</source>
   <translation>WPA2 und WPA3</translation>
  </message>
  <message>
   <source>WPA3</source>
   <translation>WPA3</translation>
  </message>
  <message>
   <source>company network</source>
   <translation>Firmennetz</translation>
  </message>
  <message>
   <source>open</source>
   <translation>offen</translation>
  </message>
 </context>
 <context>
  <name>yours</name>
  <message>
   <source>It gets a new certificate as well</source>
   <translation>Es bekommt auch ein neues Zertifikat</translation>
  </message>
  <message>
   <source>Removes you as owner. Anyone with its code can then claim it</source>
   <translation>Entfernt Sie als Eigentümer. Wer den Code hat, kann es dann übernehmen</translation>
  </message>
  <message>
   <source>What do you want to do with it?</source>
   <translation>Was möchten Sie damit tun?</translation>
  </message>
  <message>
   <source>You get a token for its next owner</source>
   <translation>Sie bekommen ein Token für den nächsten Eigentümer</translation>
  </message>
  <message>
   <source>{name} is already yours</source>
   <translation>{name} gehört Ihnen schon</translation>
  </message>
 </context>
</TS>
