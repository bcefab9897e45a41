# What is installed where, and the Debian package made of it: cpack --config build/release/CPackConfig.cmake
# Included at the end of the root CMakeLists.txt, when every target is known.
set(packaging ${CMAKE_CURRENT_LIST_DIR})

# gatewardenctl and gatewarden-credentials install themselves, with their man pages and completions.
install(TARGETS gatewarden RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS gatewarden-login LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/gatewarden)
install(FILES ${packaging}/org.gatewarden.Gatewarden.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
configure_file(${packaging}/org.gatewarden.Gatewarden.metainfo.xml.in ${PROJECT_BINARY_DIR}/packaging/org.gatewarden.Gatewarden.metainfo.xml @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/packaging/org.gatewarden.Gatewarden.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${PROJECT_SOURCE_DIR}/resources/icons/gatewarden.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${packaging}/copyright ${PROJECT_SOURCE_DIR}/NOTICE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/gatewarden)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME gatewarden)
set(CPACK_PACKAGE_VENDOR "The Gatewarden authors")
set(CPACK_PACKAGE_CONTACT "The Gatewarden authors <authors@gatewarden.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGE_DESCRIPTION
  "Signs in at a SAML identity provider, verifies the assertion, shows the AWS roles in it and exchanges it for credentials that expire and that the AWS command line and SDKs read through an ordinary profile.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
# The libraries that are linked, those of the sign-in plugin too, are found by dpkg-shlibdeps. What is loaded by name is not.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-inter, fonts-jetbrains-mono, qt6-wayland, gnome-keyring | libkf5wallet-bin")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS awscli)
include(CPack)
